internal import PluginAPI

extension PersonalData {
    /// Where the plugin keeps data about customers and experts. What it means for their export and erasure stands in the
    /// README.
    static let customers: [PersonalData] = ofCustomers + ofCases + ofStaff

    private static let ofCustomers: [PersonalData] = [
        PersonalData(
            table: "medicalopinion_customer", person: "person_id", exported: personal + ["created_at", "updated_at"],
            erasure: .delete),
        PersonalData(
            table: "medicalopinion_consent", person: "person_id",
            exported: ["kind", "is_granted", "at", "version", "language", "text_sha256"],
            erasure: .keep(because: "Whether somebody had consented must be provable after they leave.")),
        // Books are kept for as long as tax law says, and need no name.
        PersonalData(
            table: "medicalopinion_payment", person: "person_id",
            exported: ["amount_minor", "currency", "case_number", "reference", "at"], erasure: .anonymise(columns: [])),
    ]

    private static let ofCases: [PersonalData] = [
        // A trigger takes the rest of what a row can say, ``ErasedCase`` what it cannot.
        PersonalData(
            table: "medicalopinion_case", person: "person_id",
            exported: [
                "number", "specialty", "content", "urgency", "state", "language", "info_request", "created_at",
                "submitted_at", "assigned_at", "expected_at", "delivered_at", "closed_at", "rating", "rating_comment",
                "rated_at",
            ],
            sealed: [
                "content": CaseContent.sealTag, "info_request": CaseText.sealTag, "rating_comment": CaseText.sealTag,
            ], erasure: .anonymise(columns: ["info_request", "rating_comment", "conversation_id"])),
        PersonalData(
            table: "medicalopinion_own_opinion", person: "person_id",
            exported: ["case_number", "kind", "content", "signed_at"], sealed: ["content": OpinionContent.sealTag],
            erasure: .keep(because: "They go with their case.")),
        PersonalData(
            table: "medicalopinion_own_step", person: "person_id",
            exported: ["case_number", "act", "from_state", "to_state", "at"],
            erasure: .keep(because: "They go with their case, or say no more whose it was.")),
        // What the staff note of somebody is about them (CJEU C-434/16); who noted it is left out (GDPR art. 15(4)).
        PersonalData(
            table: "medicalopinion_own_note", person: "person_id", exported: ["case_number", "text", "at"],
            sealed: ["text": CaseText.sealTag], erasure: .keep(because: "They go with their case.")),
    ]

    private static let ofStaff: [PersonalData] = [
        PersonalData(
            table: "medicalopinion_expert", person: "person_id",
            exported: ["title", "specialties", "languages", "capacity"],
            erasure: .keep(because: "A service must be able to say who signed an opinion.")),
        PersonalData(
            table: "medicalopinion_case", person: "expert_id",
            exported: ["number", "state", "assigned_at", "delivered_at", "rating"],
            erasure: .keep(because: "A service must be able to say who answered a case.")),
        // What an expert wrote of others is those people's.
        PersonalData(
            table: "medicalopinion_opinion", person: "expert_id", exported: ["id", "kind", "saved_at", "signed_at"],
            erasure: .keep(because: "A service must be able to say who signed an opinion.")),
        PersonalData(
            table: "medicalopinion_note", person: "author", exported: ["id", "at"],
            erasure: .anonymise(columns: [])),
        PersonalData(
            table: "medicalopinion_case_step", person: "by", exported: ["act", "to_state", "at"],
            erasure: .anonymise(columns: [])),
        PersonalData(
            table: "medicalopinion_payment", person: "recorded_by", exported: ["reference", "at"],
            erasure: .keep(because: "Books must say who wrote in them.")),
        PersonalData(
            table: "medicalopinion_content_state", person: "changed_by", exported: ["slug", "changed_at"],
            erasure: .anonymise(columns: [])),
    ]

    private static let personal = [
        "middle_name", "date_of_birth", "street", "city", "state", "zip_code", "country", "currency",
        "emergency_name", "emergency_relationship", "emergency_phone",
    ]
}
