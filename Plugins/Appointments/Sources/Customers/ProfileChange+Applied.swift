internal import PluginAPI

extension ProfileChange: PersonalChange {
    var accountPhone: Change<Phone> { phone }

    /// What is wrong with it beyond its fields' own shapes.
    func mistakes(today: Day) -> [Mistake] {
        mistakes(
            phone: phone == .clear ? Mistake(field: "phone", .missing, "is needed to sign in") : nil, today: today)
    }

    /// The part that is the clinic's: columns and their new values.
    var columns: [SQL] {
        var columns: [SQL] = []
        func add<V>(_ change: Change<V>, _ set: (V?) -> [SQL]) {
            switch change {
            case .keep: break
            case .clear: columns += set(nil)
            case .set(let value): columns += set(value)
            }
        }
        add(preferredName) { ["preferred_name = \($0)"] }
        add(pronouns) { ["pronouns = \($0)"] }
        add(secondaryPhone) { ["secondary_phone = \($0)"] }
        add(dateOfBirth) { ["date_of_birth = \($0?.description)"] }
        add(gender) { ["gender = \($0)"] }
        add(address) {
            [
                "line1 = \($0?.line1)", "line2 = \($0?.line2)", "city = \($0?.city)", "region = \($0?.region)",
                "postal_code = \($0?.postalCode)", "country = \($0?.country)",
            ]
        }
        add(emergencyContact) {
            [
                "emergency_name = \($0?.name)", "emergency_relationship = \($0?.relationship)",
                "emergency_phone = \($0?.phone)",
            ]
        }
        add(primaryPhysician) { ["physician_name = \($0?.name)", "physician_phone = \($0?.phone)"] }
        add(insurance) { ["insurance_provider = \($0?.provider)", "insurance_number = \($0?.memberNumber)"] }
        add(preferredBranchId) { ["branch_id = \($0)"] }
        return columns
    }
}
