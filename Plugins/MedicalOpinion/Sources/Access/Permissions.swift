internal import PluginAPI

/// What people may do (seed 000 §1.2, contract §9).
extension Permission {
    static let readProfile = Permission("read:profile", "See one's own profile and preferences")
    static let writeProfile = Permission("write:profile", "Change one's own profile and preferences")
    static let readCases = Permission("read:cases", "See cases")
    static let writeCases = Permission("write:cases", "Send cases, add to them, rate and withdraw them")
    static let readMessages = Permission("read:messages", "See messages")
    static let writeMessages = Permission("write:messages", "Write messages")
    static let readJourney = Permission("read:journey", "See one's own journey, persona and recommendations")
    static let writeJourney = Permission("write:journey", "Refer friends, celebrate milestones, correct one's persona")
    static let triageCases = Permission("triage:cases", "Check, assign and decline cases, and note about them")
    static let reviewCases = Permission("review:cases", "Write and sign opinions")
    static let readExperts = Permission("read:experts", "See experts and their load")
    static let writeExperts = Permission("write:experts", "Make people experts, and change what they can do")
    static let declareExperts = Permission(
        "declare:experts", "Say when an expert takes cases, and what they are tied to")
    static let readCustomers = Permission("read:customers", "See customers")
    static let writeCustomers = Permission(
        "write:customers", "Record payments, set plans, case managers and who acts for whom")

    static let writeConsents = Permission("write:consents", "Publish the texts that customers consent to")

    static let readAccounts = Permission("read:accounts", "See the accounts one acts for")

    static let readKeptOpinions = Permission(
        "read:kept-opinions", "See what is kept of the opinions of erased customers")
    static let readContent = Permission("read:content", "See every article, and how much each is read")
    static let writeContent = Permission("write:content", "Publish articles and put them in front")
    static let readReports = Permission("read:reports", "See reports of times, ratings and outcomes")

    static let secondOpinion: [Permission] =
        ofCustomers + ofLibrary + [
            .readAccounts, .triageCases, .reviewCases, .readExperts, .writeExperts, .declareExperts, .readCustomers,
            .writeCustomers, .writeConsents,
        ]

    /// What admins alone do.
    static let ofLibrary: [Permission] = [.readKeptOpinions, .readContent, .writeContent, .readReports]

    /// What customers do, each for their own things.
    static let ofCustomers: [Permission] = [
        .readProfile, .writeProfile, .readCases, .writeCases, .readMessages, .writeMessages, .readJourney,
        .writeJourney,
    ]
}
