internal import PluginAPI

/// Where the plugin keeps data about people.
extension PersonalData {
    static let appointments: [PersonalData] = [
        PersonalData(
            table: "appointments_customer", person: "person_id",
            exported: ["id", "status"] + personal + ["branch_id", "guardian_id", "created_at", "updated_at"],
            erasure: .anonymise(columns: personal + ["name_key", "guardian_id"])),
        PersonalData(
            table: "appointments_medical", person: "person_id",
            exported: ["version", "content", "changed_by", "changed_at"],
            erasure: .keep(because: "Medical records must be kept for as long as the law says.")),
        PersonalData(
            table: "appointments_feed", person: "person_id", exported: ["created_at"], erasure: .delete),
        PersonalData(
            table: "appointments_wait", person: "person_id",
            exported: ["service_id", "branch_id", "practitioner_id", "first_day", "last_day", "created_at", "told_at"],
            erasure: .delete),
        PersonalData(
            table: "appointments_appointment", person: "person_id",
            exported: [
                "id", "service_id", "branch_id", "practitioner_id", "start_at", "end_at", "state", "notes",
                "created_at", "cancelled_at", "cancelled_because", "attendance_at",
            ],
            erasure: .anonymise(columns: ["notes", "cancelled_because", "overbooked_because"])),
        PersonalData(
            table: "appointments_medical", person: "person_id", exported: ["id", "version", "content", "changed_at"],
            sealed: ["content": MedicalHistory.sealTag],
            erasure: .keep(because: "A clinic must keep what it knew when it treated somebody.")),
        PersonalData(
            table: "appointments_practitioner", person: "person_id", exported: ["id", "name", "branch_id"],
            erasure: .keep(because: "A clinic must be able to say who performed a treatment.")),
    ]

    /// The columns of a customer that say who it is.
    private static let personal = [
        "preferred_name", "pronouns", "date_of_birth", "gender", "secondary_phone", "line1", "line2", "city",
        "region", "postal_code", "country", "emergency_name", "emergency_relationship", "emergency_phone",
        "physician_name", "physician_phone", "insurance_provider", "insurance_number",
    ]
}
