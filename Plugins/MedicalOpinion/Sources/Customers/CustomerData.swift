internal import PluginAPI

extension PersonalData {
    /// Where the plugin keeps data about customers and experts.
    static let customers: [PersonalData] = [
        PersonalData(
            table: "medicalopinion_customer", person: "person_id", exported: personal + ["created_at", "updated_at"],
            erasure: .delete),
        PersonalData(
            table: "medicalopinion_consent", person: "person_id",
            exported: ["kind", "is_granted", "at", "version", "language", "text_sha256"],
            erasure: .keep(because: "Whether somebody had consented must be provable after they leave.")),
        PersonalData(
            table: "medicalopinion_payment", person: "person_id",
            exported: ["amount_minor", "currency", "case_number", "reference", "at"],
            erasure: .keep(because: "Books are kept for as long as tax law says.")),
        PersonalData(
            table: "medicalopinion_case", person: "person_id",
            exported: [
                "number", "specialty", "content", "urgency", "state", "created_at", "submitted_at", "delivered_at",
                "rating", "rating_comment",
            ], sealed: ["content": CaseContent.sealTag, "rating_comment": CaseText.sealTag],
            erasure: .keep(because: "A service must be able to show on what an expert's opinion rests.")),
        PersonalData(
            table: "medicalopinion_expert", person: "person_id",
            exported: ["title", "specialties", "languages", "capacity"],
            erasure: .keep(because: "A service must be able to say who signed an opinion.")),
    ]

    private static let personal = [
        "middle_name", "date_of_birth", "street", "city", "state", "zip_code", "country", "currency",
        "emergency_name", "emergency_relationship", "emergency_phone",
    ]
}
