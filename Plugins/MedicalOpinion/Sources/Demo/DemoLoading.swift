public import PluginAPI

extension MedicalOpinion {
    /// Loads experts, plans, families and what happened before.
    public func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws {
        let document = try JSONDocument(Array(data.text.utf8))
        let demo = try DemoData.schema.decode(.json(document.root))
        for expert in demo.experts {
            guard let person = try tx.person(withEmail: expert.email) else { continue }
            let new = NewExpert(
                personId: person.id, title: expert.title, specialties: expert.specialties, languages: expert.languages,
                capacity: 10, active: true)
            try tx.keep(new, specialties: expert.specialties.compactMap(settings.specialty))
            for licence in expert.licences {
                try tx.keep(
                    NewLicence(
                        id: person.id, country: licence.country, region: licence.region, number: licence.number,
                        validUntil: licence.validUntil), by: person.id)
            }
        }
        for customer in demo.customers {
            guard let person = try tx.person(withEmail: customer.email) else { continue }
            try tx.set(plan: customer.plan, of: person.id)
            for email in customer.family {
                guard let other = try tx.person(withEmail: email) else { continue }
                try tx.allowActing(person.id, for: other.id, as: "family")
            }
        }
        for history in demo.histories { try load(history, tx) }
    }
}
