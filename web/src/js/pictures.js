// A telephone's photos are made smaller before they are sent: quicker on the way, and nothing but what is seen leaves the telephone.
const SIDE = 1920;
const SMALL = 600 * 1024;

async function smaller(file) {
  if (file.size <= SMALL || !/^image\/(jpeg|png)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
  return drawn && drawn.size < file.size ? new File([drawn], file.name, { type: "image/jpeg" }) : file;
}

// What cannot be drawn here goes as it is; the server says what is wrong with it.
export function shrink_pictures(root) {
  for (const input of root.querySelectorAll("input[type=file][data-picture]")) {
    input.addEventListener("change", async () => {
      const chosen = Array.from(input.files || []);
      try {
        const files = new DataTransfer();
        for (const file of await Promise.all(chosen.map(smaller))) files.items.add(file);
        input.files = files.files;
      } catch {
        // Sent as chosen.
      }
    });
  }
}
