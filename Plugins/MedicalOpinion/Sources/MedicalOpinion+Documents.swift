internal import PluginAPI

/// What signed opinions on paper and customers' pages add to the manifest.
extension MedicalOpinion {
    static let documentRoutes: [Route<Self>] = opinionFileRoutes + casePageForms + consentRoutes + secondReadRoutes
    static let documentNotices: [NoticeType] = NoticeType.secondReads

    private static let opinionFileRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/cases/{caseNumber}/opinion.pdf", .asynchronous(Self.opinionFile),
            needs: .permission(.readCases, of: Self.ownSubject),
            "The signed opinion as a PDF, with a code by which anybody can check it."),
        .get(
            "/v1/portal/cases/{caseNumber}/opinion/versions", .reading(Self.opinionVersions),
            needs: .permission(.readCases, of: Self.ownSubject), "What was signed, with codes and digests."),
        .get(
            "/v1/staff/cases/{caseNumber}/opinion.pdf", .asynchronous(Self.staffOpinionFile),
            needs: .permission(.readCases, of: Self.ownSubject), "The signed opinion as a PDF."),
        .get(
            "/v1/portal/opinions/verify", .reading(Self.verifyOpinion),
            needs: .anyone(because: "whoever holds an opinion may ask whether it is genuine"),
            limits: [.per(.address, checks)], "Whether an opinion with this code was signed here, and by whom."),
    ]

    static let documentPages: [PageRoute<Self>] = [
        PageRoute(verifyPath, "Check an opinion", limits: [RateLimit(per: .address, [checks])], Self.verifyPage),
        PageRoute("/portal/cases", "Your cases", needs: .readCases, Self.casesPage),
        PageRoute("/portal/cases/{caseNumber}", "Your case", needs: .readCases, Self.casePage),
        PageRoute(consentsPath, "What you consent to", needs: .readProfile, Self.consentsPage),
    ]

    /// How often an address may ask about codes.
    private static let checks = RateLimit.Window(30, each: .seconds(60))

    /// The forms of customers' pages.
    private static let casePageForms: [Route<Self>] = {
        let one = "/portal/cases/{caseNumber}"
        return [
            .post(
                consentsPath + "/{kind}", .transactional(Self.giveConsentByForm), needs: .member, status: 303,
                refuses: [ConsentRefusal.self], "The page's form: consents, or does so no more."),
            .post(
                one + "/submit", .transactional(Self.submitByForm),
                needs: .permission(.writeCases, of: Self.ownSubject), status: 303, refuses: [ConsentRefusal.self],
                "The page's form: sends a draft."),
            .post(
                one + "/messages", .transactional(Self.writeByForm),
                needs: .permission(.writeCases, of: Self.ownSubject), status: 303,
                "The page's form: writes about a case."),
            .post(
                one + "/rating", .transactional(Self.rateByForm), needs: .permission(.writeCases, of: Self.ownSubject),
                status: 303, refuses: [CaseRefusal.self], "The page's form: says how good the opinion was."),
            .post(
                one + "/follow-ups", .transactional(Self.askFurtherByForm),
                needs: .permission(.writeCases, of: Self.ownSubject), status: 303, refuses: [CaseRefusal.self],
                "The page's form: asks about a delivered opinion."),
            .post(
                one + "/close", .transactional(Self.closeByForm), needs: .permission(.writeCases, of: Self.ownSubject),
                status: 303, "The page's form: says that nothing more is to be asked."),
            .post(
                one + "/cancel", .transactional(Self.withdrawByForm),
                needs: .permission(.writeCases, of: Self.ownSubject), status: 303, "The page's form: withdraws a case."),
        ]
    }()
}

extension PersonalData {
    static let documents: [PersonalData] = [
        // Whether a code is genuine can be said after its patient has left; the file with their name goes.
        PersonalData(
            table: "medicalopinion_opinion_version", person: "person_id",
            exported: ["number", "expert_name", "expert_title", "content_sha256", "document_sha256", "signed_at"],
            erasure: .anonymise(columns: ["document"])),
        // What a second expert says is the customer's to have once it was released.
        PersonalData(
            table: "medicalopinion_released_read", person: "person_id", exported: ["agrees", "text", "signed_at"],
            sealed: ["text": CaseText.sealTag], erasure: .keep(because: "It goes with the table that it shows.")),
        PersonalData(
            table: "medicalopinion_second_read", person: "person_id", exported: ["asked_at"], erasure: .delete),
        PersonalData(
            table: "medicalopinion_second_read", person: "expert_id", exported: ["asked_at", "agrees", "signed_at"],
            erasure: .keep(because: "A service must be able to say who signed an opinion.")),
    ]
}
