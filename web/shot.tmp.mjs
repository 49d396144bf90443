import { chromium } from 'playwright-core';
const [base, office, ...paths] = process.argv.slice(2);
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--headless','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync']});
for (const [name,w,h] of [['desk',1280,900],['phone',360,740]]) {
  const c = await b.newContext({viewport:{width:w,height:h}}); const p = await c.newPage();
  p.on('console', m=>{ if(['error','warning'].includes(m.type())) console.log(name,m.text())});
  if (office!=='-') { await p.goto(base+'/sign-in'); await p.fill('#f-name',office); await p.fill('#f-password','hongqi2022'); await p.click('button.btn-primary'); await p.waitForLoadState(); }
  for (const path of paths) { await p.goto(base+path); const n=(path.replace(/[^a-z0-9]+/gi,'_')||'home').slice(0,60); await p.screenshot({path:`/tmp/hq/shots/${name}_${n}.png`,fullPage: true}); const sw=await p.evaluate(()=>document.documentElement.scrollWidth); if(sw>w) console.log(name,path,'sideways',sw); }
}
await b.close();
