//! The deeds: everything that can be done or looked at, each with one name in code, event, URL and words.

use crate::coded_enum;

coded_enum! {
    /// A deed, `verb_object`. Its code stands in the audit record and its label in the history that people read.
    pub enum Deed {
        /// Sign in.
        SignIn = "sign_in" => "登录",
        /// Sign out, here or everywhere.
        SignOut = "sign_out" => "退出登录",
        /// Use one's own desk: to-dos, messages, the account page.
        UseDesk = "use_desk" => "使用工作台",
        /// Change one's own password.
        ChangePassword = "change_password" => "修改密码",
        /// Switch the second factor on or off.
        SetSecondFactor = "set_second_factor" => "设置动态口令",
        /// Look at accounts and offices.
        ViewAccounts = "view_accounts" => "查看账号",
        /// Open an account.
        CreateAccount = "create_account" => "新建账号",
        /// Give an account a first password anew, which also unlocks it.
        ResetPassword = "reset_password" => "重置密码",
        /// Give an account an office.
        GrantOffice = "grant_office" => "授予身份",
        /// End an office.
        EndOffice = "end_office" => "终止身份",

        /// Look at a place and what belongs to it.
        ViewPlace = "view_place" => "查看小区资料",
        /// Look at the members of a branch by name.
        ViewMembers = "view_members" => "查看党员名册",
        /// Change a branch's particulars.
        EditBranch = "edit_branch" => "修改支部资料",
        /// Change compounds and buildings.
        EditBuildings = "edit_buildings" => "修改楼栋资料",
        /// Change the committee.
        EditCommittee = "edit_committee" => "修改支部班子",
        /// Move a branch to another community.
        MoveBranch = "move_branch" => "调整支部隶属",
        /// Dissolve a branch.
        DissolveBranch = "dissolve_branch" => "撤销支部",
        /// Take back that a branch was dissolved.
        RestoreBranch = "restore_branch" => "恢复支部",
        /// Import the ledger workbook.
        ImportLedger = "import_ledger" => "导入台账",
        /// Export the ledger workbook.
        ExportLedger = "export_ledger" => "导出台账",
        /// See one telephone number in full.
        RevealPhone = "reveal_phone" => "查看完整电话",
        /// Load a year's table of holidays.
        ImportCalendar = "import_calendar" => "导入节假日表",
        /// Read the audit record.
        ViewAudit = "view_audit" => "查看操作记录",

        /// Look at a season, its parameters and its timeline.
        ViewSeason = "view_season" => "查看评选",
        /// Write a season's parameters, or a new version of them.
        EditParameters = "edit_parameters" => "编制评选参数",
        /// Open a season.
        OpenSeason = "open_season" => "启动评选",
        /// Look at an application.
        ViewApplication = "view_application" => "查看申报",
        /// Write a draft.
        DraftApplication = "draft_application" => "填写申报",
        /// Attach a file to an application.
        AttachFile = "attach_file" => "上传附件",
        /// Take a file off a draft.
        DetachFile = "detach_file" => "移除附件",
        /// Submit a version.
        SubmitApplication = "submit_application" => "提交申报",
        /// Withdraw.
        WithdrawApplication = "withdraw_application" => "撤回申报",
        /// Community: pass on or return.
        CheckApplication = "check_application" => "社区把关",
        /// Street: one assessor's site assessment.
        AssessApplication = "assess_application" => "实地评估",
        /// Street: an assessor declares a relation and stands back.
        DeclareRelation = "declare_relation" => "申请回避",
        /// Street: preliminary screening.
        ScreenApplication = "screen_application" => "初选筛查",
        /// Street: ranked recommendation, submitted together.
        RecommendApplications = "recommend_applications" => "推荐上报",
        /// Panel: a unit's reply.
        ReplyAsPanelUnit = "reply_as_panel_unit" => "评选组单位意见",
        /// Panel: the veto check.
        CheckVeto = "check_veto" => "一票否决核查",
        /// Panel: the preliminary opinion.
        GivePreliminaryOpinion = "give_preliminary_opinion" => "提出初步意见",
        /// Send the list for consultation.
        SendConsultation = "send_consultation" => "发出征求意见",
        /// Keep a reply.
        RecordConsultation = "record_consultation" => "登记征求意见结果",
        /// Look at the list before the standing committee and at what it decided.
        ViewDecision = "view_decision" => "查看审定",
        /// Decide by the standing committee.
        DecideSelection = "decide_selection" => "常委会审定",

        /// Read a published notice.
        ViewNotice = "view_notice" => "查看公示",
        /// Write a notice before it is published.
        DraftNotice = "draft_notice" => "拟制公示",
        /// Publish a notice.
        PublishNotice = "publish_notice" => "发布公示",
        /// Correct a published notice.
        CorrectNotice = "correct_notice" => "更正公示",
        /// Extend the period after an outage.
        ExtendNotice = "extend_notice" => "延长公示",
        /// Object, or report.
        FileObjection = "file_objection" => "提出异议",
        /// Enter an objection for somebody who came, called or wrote.
        EnterObjection = "enter_objection" => "代录异议",
        /// Look at objections, without the reporter.
        ViewObjection = "view_objection" => "查看异议",
        /// Acknowledge an objection.
        AcknowledgeObjection = "acknowledge_objection" => "受理异议",
        /// Record what the verification found.
        VerifyObjection = "verify_objection" => "核查异议",
        /// Decide: upheld, not upheld, insufficient.
        DecideObjection = "decide_objection" => "认定异议",
        /// Answer the reporter.
        AnswerObjection = "answer_objection" => "答复异议",
        /// Learn who reported.
        RevealReporter = "reveal_reporter" => "查看反映人身份",
        /// Confirm the award after the period.
        ConfirmAward = "confirm_award" => "认定红旗小区",
        /// Issue the commendation circular.
        IssueCircular = "issue_circular" => "印发通报",
        /// Revoke an award.
        RevokeAward = "revoke_award" => "撤销认定",

        /// Look at the money.
        ViewFunds = "view_funds" => "查看资金",
        /// Enter what else the budget line pays for.
        PlanBudget = "plan_budget" => "安排预算",
        /// Prepare a commitment.
        PrepareCommitment = "prepare_commitment" => "编制补助",
        /// Approve a commitment.
        ApproveCommitment = "approve_commitment" => "审批补助",
        /// Record a payment.
        RecordPayment = "record_payment" => "登记支付",
        /// Confirm that the money has come.
        ConfirmReceipt = "confirm_receipt" => "确认到账",
        /// Return, cancel or recover a commitment.
        CancelCommitment = "cancel_commitment" => "退回或追回补助",

        /// Look at a work unit, its branches and its members.
        ViewUnit = "view_unit" => "查看单位党组织",
        /// Enter, rename or close work units and their branches.
        EditUnit = "edit_unit" => "维护单位党组织",
        /// Report a work unit to a community (单位报到).
        RegisterUnit = "register_unit" => "单位报到",
        /// Confirm that a work unit has reported.
        ConfirmUnit = "confirm_unit" => "确认单位报到",
        /// Look at one's own pages as a member.
        ViewOwnRecord = "view_own_record" => "查看本人记录",
        /// Ask that something in one's own record be corrected.
        CorrectOwnRecord = "correct_own_record" => "申请更正本人信息",
        /// Change the roll of a branch: enter, correct, verify.
        EditMembers = "edit_members" => "维护党员名册",
        /// Import a branch's own list of members.
        ImportMembers = "import_members" => "导入支部名册",
        /// Settle whether two lines of the roll are one person.
        SettleDuplicate = "settle_duplicate" => "处理疑似重复党员",
        /// Report a member to a branch (党员报到).
        RegisterMember = "register_member" => "党员报到",
        /// Confirm, move or end a member's registration.
        ConfirmRegistration = "confirm_registration" => "确认党员报到",
        /// Hand out a one-time link to a member.
        HandOutLink = "hand_out_link" => "发放登录链接",
        /// Set up posts and service teams.
        EditPosts = "edit_posts" => "设置岗位和服务队",
        /// Claim a post, or join a service team.
        ClaimPost = "claim_post" => "认领岗位",
        /// Publish a micro wish, and confirm that it is fulfilled.
        EditWishes = "edit_wishes" => "办理微心愿",
        /// See who asked for a micro wish.
        RevealAsker = "reveal_asker" => "查看心愿提出人",
        /// Claim a micro wish, and tell that it is done.
        ClaimWish = "claim_wish" => "认领微心愿",
        /// Write a yearly report on service (双报告).
        WriteDutyReport = "write_duty_report" => "填写双报告",
        /// Give a work unit the community's yearly feedback.
        GiveFeedback = "give_feedback" => "反馈单位",

        /// Look at activities.
        ViewActivity = "view_activity" => "查看活动",
        /// Plan, publish, hold and sum up an activity.
        EditActivity = "edit_activity" => "组织活动",
        /// Sign up for an activity, or take it back.
        SignUpForActivity = "sign_up_for_activity" => "活动报名",
        /// Enter a service record.
        RecordService = "record_service" => "登记服务",
        /// Confirm a service record.
        ConfirmService = "confirm_service" => "确认服务",
        /// Look at meetings and resolutions of a branch.
        ViewMeeting = "view_meeting" => "查看支部会议",
        /// Convene a meeting, take attendance and votes, close it.
        EditMeeting = "edit_meeting" => "办理支部会议",

        /// Look at a branch's points by name.
        ViewPoints = "view_points" => "查看积分",
        /// Look at counts and distributions of points.
        ViewPointsSummary = "view_points_summary" => "查看积分汇总",
        /// Write the county's template of the points catalogue.
        EditPointsTemplate = "edit_points_template" => "编制积分明细模板",
        /// Look at a points catalogue.
        ViewCatalogue = "view_catalogue" => "查看积分明细",
        /// Draft a branch's points catalogue.
        DraftCatalogue = "draft_catalogue" => "拟制积分明细",
        /// Community: check a drafted catalogue.
        CheckCatalogue = "check_catalogue" => "审核积分明细",
        /// Put a catalogue into effect by a resolution.
        AdoptCatalogue = "adopt_catalogue" => "通过积分明细",
        /// Propose a points entry.
        ProposePoints = "propose_points" => "提出计分",
        /// Approve or reject a points entry.
        ApprovePoints = "approve_points" => "审核计分",
        /// Appeal against a points entry.
        AppealPoints = "appeal_points" => "申诉积分",
        /// Look at an appeal.
        ViewAppeal = "view_appeal" => "查看积分申诉",
        /// Decide an appeal.
        DecideAppeal = "decide_appeal" => "处理积分申诉",
        /// Enter or import what work units score their members.
        EnterUnitScores = "enter_unit_scores" => "登记单位积分",
        /// Close, settle and report a year of points.
        ClosePointsYear = "close_points_year" => "结算年度积分",
        /// Tell what a settled year lacked or had too much.
        CorrectPointsYear = "correct_points_year" => "更正年度积分",
        /// Decide on it, which settles the year again.
        DecideCorrection = "decide_correction" => "审核年度积分更正",

        /// Look at what residents have to say, without who said it.
        ViewVoice = "view_voice" => "查看诉求",
        /// Say something, without an account.
        FileVoice = "file_voice" => "反映诉求",
        /// Enter what somebody said at a window, by telephone, on paper.
        EnterVoice = "enter_voice" => "代录诉求",
        /// Confirm that it will be worked on, and by when.
        AcknowledgeVoice = "acknowledge_voice" => "受理诉求",
        /// Tell that it belongs elsewhere, and where.
        DeclineVoice = "decline_voice" => "告知不属受理范围",
        /// Hand it to another desk.
        AssignVoice = "assign_voice" => "转办诉求",
        /// Sign for it.
        AcceptVoice = "accept_voice" => "签收诉求",
        /// Let it follow another about the same, or part them again.
        MergeVoice = "merge_voice" => "合并诉求",
        /// Have several things that it is about worked on in pieces.
        SplitVoice = "split_voice" => "分办诉求",
        /// Send it back to who assigned it.
        ReturnVoice = "return_voice" => "退回诉求",
        /// Ask the resident something.
        AskVoicer = "ask_voicer" => "询问反映人",
        /// Write a note that only officers read.
        NoteVoice = "note_voice" => "写内部备注",
        /// Tell the resident how it goes.
        ReplyVoice = "reply_voice" => "答复诉求",
        /// Take more time, once.
        ExtendVoice = "extend_voice" => "诉求延期",
        /// Put it aside until a day, or take it up again.
        ParkVoice = "park_voice" => "诉求挂账",
        /// Tell that it is done and how.
        FinishVoice = "finish_voice" => "办结诉求",
        /// Call others in for it, note what they answered, take a call back.
        CallOthers = "call_others" => "请协办单位、吹哨",
        /// Enter what the resident says of it.
        CallBackVoice = "call_back_voice" => "回访",
        /// Add to one's own voice, or answer a question, by its code.
        AddToVoice = "add_to_voice" => "补充诉求",
        /// Say how it went, by the code.
        RateVoice = "rate_voice" => "评价诉求",
        /// Have it worked on again, by the code.
        ReopenVoice = "reopen_voice" => "要求重办",
        /// Have it worked on by itself again.
        PartVoice = "part_voice" => "要求单独办理",
        /// Learn who spoke and how to reach them.
        RevealVoicer = "reveal_voicer" => "查看反映人",
        /// Show a photo to the neighbours, or take it back.
        PublishPhoto = "publish_photo" => "公开诉求照片",
        /// Name who answers for what comes again and again, and note how it was settled.
        HandleIssue = "handle_issue" => "办理共性问题",
        /// Set how long voices may take.
        SetVoiceTerms = "set_voice_terms" => "设定办理时限",
        /// Make one issue of what comes again and again; the system itself does it.
        GatherVoices = "gather_voices" => "归并共性问题",
        /// Hand up what is late; the system itself does it.
        EscalateVoice = "escalate_voice" => "诉求逾期上报",
        /// Close what nobody answered; the system itself does it.
        CloseVoice = "close_voice" => "诉求结案",
        /// Tell who left a number by short message; the system itself does it.
        TextVoicer = "text_voicer" => "短信告知反映人",
        /// Forget who spoke a year after it was closed; the system itself does it.
        ForgetVoicer = "forget_voicer" => "删除反映人信息",

        /// Look at a poll of owners, without who they are.
        ViewPoll = "view_poll" => "查看业主表决",
        /// Look at a poll's register, names masked, and at who took part.
        ViewPollOwners = "view_poll_owners" => "查看表决名册",
        /// Write a poll and its register, and send them to the community.
        PreparePoll = "prepare_poll" => "准备业主表决",
        /// Community: announce a poll, or send it back.
        CheckPoll = "check_poll" => "核对业主表决",
        /// Call a poll off.
        CancelPoll = "cancel_poll" => "终止业主表决",
        /// Note that a unit was sold after the register was frozen.
        NoteSale = "note_sale" => "登记房屋转让",
        /// Enter a ballot.
        RecordBallot = "record_ballot" => "登记选票",
        /// Give an owner whose identity was seen the code that votes over the net.
        IssueBallotCode = "issue_ballot_code" => "发放投票码",
        /// Vote over the net with such a code.
        CastBallot = "cast_ballot" => "网上投票",
        /// Take a ballot back that its owner withdraws.
        WithdrawBallot = "withdraw_ballot" => "撤回选票",
        /// Strike out a ballot that its owner denies.
        StrikeBallot = "strike_ballot" => "剔除选票",
        /// Community: draw owners and call them back.
        CallBackOwners = "call_back_owners" => "回访业主",
        /// See an owner's name and telephone in full.
        RevealOwner = "reveal_owner" => "查看业主姓名电话",
        /// System: forget the telephones of owners whose vote has long been over.
        ForgetOwnerPhones = "forget_owner_phones" => "删除业主电话",
        /// System: forget who gave views on what has long been over.
        ForgetViewGivers = "forget_view_givers" => "删除提意见人称呼",
        /// Count a poll.
        TallyPoll = "tally_poll" => "业主表决计票",
        /// Publish what a poll came to.
        PublishPoll = "publish_poll" => "公布表决结果",
        /// File a poll.
        FilePoll = "file_poll" => "表决结果备案",

        /// Look at where mediation files stand; what they hold is shown to the desk that mediates and its community.
        ViewDispute = "view_dispute" => "查看矛盾纠纷",
        /// Open a file for a dispute.
        OpenDispute = "open_dispute" => "登记矛盾纠纷",
        /// Put right who the parties are or what it is about.
        CorrectDispute = "correct_dispute" => "更正矛盾纠纷",
        /// Take it on with the consent of all parties.
        AcceptDispute = "accept_dispute" => "受理矛盾纠纷",
        /// Tell the parties where else to go.
        DeclineDispute = "decline_dispute" => "不予受理纠纷",
        /// Declare a relation to a party, and mediate no further.
        StandBackFromDispute = "stand_back_from_dispute" => "调解回避",
        /// Keep a session of mediation.
        RecordMediation = "record_mediation" => "登记调解",
        /// Keep what the parties agreed on, or put it right.
        RecordAgreement = "record_agreement" => "登记调解协议",
        /// End mediation without an agreement.
        EndMediation = "end_mediation" => "终止调解",
        /// Hand the file one level up.
        HandUpDispute = "hand_up_dispute" => "移交上级调解",
        /// Keep what was done of what was agreed on.
        CheckPerformance = "check_performance" => "核对协议履行",
        /// Keep what the visit to the parties found.
        VisitParties = "visit_parties" => "回访当事人",
        /// Learn who the parties are and how to reach them, on the page or in the agreement.
        RevealParties = "reveal_parties" => "查看当事人",

        /// Look at what property companies promised and how they keep it.
        ViewPropertyService = "view_property_service" => "查看物业监督",
        /// Keep contracts, checks and appraisals of a property company.
        SupervisePropertyService = "supervise_property_service" => "监督物业服务",

        /// Look at the matters that compounds deliberate on.
        ViewDeliberation = "view_deliberation" => "查看议事",
        /// Raise a matter.
        RaiseDeliberation = "raise_deliberation" => "提出议题",
        /// Take a matter up, or say why not.
        ScreenDeliberation = "screen_deliberation" => "受理议题",
        /// Say what one thinks of a matter, without an account.
        GiveView = "give_view" => "发表意见",
        /// Enter a view for a resident.
        EnterView = "enter_view" => "代录居民意见",
        /// Learn who gave the views on a matter.
        RevealViewGivers = "reveal_view_givers" => "查看提意见的居民",
        /// Take over what the branch resolved on a matter.
        KeepBranchOpinion = "keep_branch_opinion" => "登记支部意见",
        /// Publish a topic with the day of its session.
        AnnounceSession = "announce_session" => "公示议题",
        /// Keep the minutes of a session.
        RecordSession = "record_session" => "登记议事记录",
        /// Read who sat in a session, and take its minutes away.
        ReadMinutes = "read_minutes" => "查看议事人员和记录",
        /// Link a matter with the owners' vote on it.
        LinkPoll = "link_poll" => "关联业主表决",
        /// Publish what was decided.
        PublishDecision = "publish_decision" => "公布议事决定",
        /// Keep how a decision is carried out, accepted and closed.
        CarryOutDecision = "carry_out_decision" => "登记决定实施",
        /// Go one step back with a reason.
        StepBackDeliberation = "step_back_deliberation" => "退回上一步",
        /// Give a matter up with a reason.
        EndDeliberation = "end_deliberation" => "终止议题",
        /// Community: send back what was closed too early.
        ReturnDeliberation = "return_deliberation" => "退回已办结的议题",

        /// Tell offices of their deadlines; the system itself does it.
        RemindOffices = "remind_offices" => "提醒到期事项",

        /// Move the demo date.
        MoveDemoDate = "move_demo_date" => "调整演示日期",
    }
}
