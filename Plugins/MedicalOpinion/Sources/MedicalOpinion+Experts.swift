internal import PluginAPI

/// What finding experts adds to the manifest.
extension MedicalOpinion {
    static let matchingRoutes: [Route<Self>] = expertRoutes + candidateRoutes + conflictRoutes + invitationRoutes
    static let matchingNotices: [NoticeType] = NoticeType.invitations + [.licenceEnding, .caseCameIn, .caseReleased]
    static let matchingJobs: [Job<Self>] = [
        Job(caseStillDue, Self.caseStillDue), Job(invitationExpired, Self.invitationExpired),
        Job("licences-ending", repeating: { _ in .every(seconds: 6 * 3600) }, Self.tellEndingLicences),
    ]
}

extension PersonalData {
    static let matching: [PersonalData] = [
        PersonalData(
            table: "medicalopinion_licence", person: "expert_id",
            exported: ["country", "region", "number", "valid_until"],
            erasure: .keep(because: "A service must be able to show that who signed an opinion was allowed to.")),
        PersonalData(
            table: "medicalopinion_affiliation", person: "expert_id",
            exported: ["kind", "name", "relation", "declared_at"],
            sealed: ["name": AffiliationText.sealTag, "relation": AffiliationText.sealTag], erasure: .delete),
        PersonalData(
            table: "medicalopinion_conflict", person: "expert_id", exported: ["kind", "recorded_at"],
            erasure: .keep(because: "A service must be able to show why a case was not given to somebody.")),
        PersonalData(
            table: "medicalopinion_invitation", person: "expert_id",
            exported: ["state", "invited_at", "expires_at", "answered_at", "reason"],
            erasure: .keep(because: "A service must be able to show how an expert was found.")),
        // A customer's, of what experts were told about them.
        PersonalData(
            table: "medicalopinion_own_abstract", person: "person_id",
            exported: ["case_number", "abstract", "invited_at"],
            sealed: ["abstract": CaseText.sealTag], erasure: .keep(because: "They go with their case.")),
        // The staff's, of what they recorded.
        PersonalData(
            table: "medicalopinion_licence", person: "recorded_by", exported: ["id", "recorded_at"],
            erasure: .keep(because: "A service must be able to say who checked a licence.")),
        PersonalData(
            table: "medicalopinion_conflict", person: "recorded_by", exported: ["kind", "recorded_at"],
            erasure: .keep(because: "A service must be able to show why a case was not given to somebody.")),
        PersonalData(
            table: "medicalopinion_invitation", person: "invited_by", exported: ["id", "invited_at"],
            erasure: .keep(because: "A service must be able to show how an expert was found.")),
    ]
}
