internal import PluginAPI

extension MedicalOpinion {
    static let profileRoutes: [Route<Self>] = [
        .get("/v1/portal/profile", .reading(Self.profile), needs: .own(.readProfile), "The caller's profile."),
        .patch(
            "/v1/portal/profile", .transactional(Self.changeProfile), needs: .own(.writeProfile),
            refuses: [ProfileRefusal.self], "Changes the caller's profile."),
    ]

    /// `GET /v1/portal/profile`
    func profile(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ProfileAnswer {
        try shownProfile(of: call.caller.id, tx)
    }

    /// `PATCH /v1/portal/profile`
    func changeProfile(_ change: ProfileChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> ProfileAnswer
    {
        try changeProfile(of: call.caller.id, by: call.caller.principal.person, change, tx)
    }

    func changeProfile(
        of id: PersonID, by giver: PersonID, _ change: ProfileChange, _ tx: borrowing Transaction
    ) throws -> ProfileAnswer {
        let mistakes = change.mistakes(today: Zone.utc.day(at: tx.now + .seconds(14 * 3600)))
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        guard let before = try tx.preferences(of: id) else { throw Problem.notFound }
        try enrolCustomer(id, tx)
        var account = PersonChange()
        account.givenName = change.firstName
        account.familyName = change.lastName
        account.email = change.email
        account.phone = change.phone
        do throws(StoreError) {
            try tx.changePerson(id, account)
        } catch {
            guard case .unique = error.kind else { throw error }
            throw ProfileRefusal.anotherAccounts
        }
        let changes = SQL.joined(change.columns + ["updated_at = \(tx.now.microseconds)"], by: ", ")
        try tx.run("UPDATE medicalopinion_customer SET \(changes) WHERE person_id = \(id)")
        let wanted = change.preferences?.applied(to: before) ?? before
        if wanted != before { try tx.set(preferences: wanted, of: id) }
        if let shares = change.preferences?.privacy?.shareDataForResearch {
            try consent(.research, shares, of: id, by: giver, tx)
        }
        if let mails = change.preferences?.privacy?.allowMarketingEmails {
            try consent(
                .marketing, mails, was: MarketingEmails.areAllowed(by: before), of: id, by: giver, tx)
        }
        try tx.audit(AuditEntry("customer.changed", on: Subject("customer", id: id.rawValue, owner: id)))
        try lifecycle.record(
            LifecycleEvent(change.preferences == nil ? .profileUpdated : .preferencesChanged), of: id, at: tx.now,
            in: tx)
        let profile = try tx.reading { try shownProfile(of: id, $0) }
        if profile.customer.isComplete, try lifecycle.state(of: id, in: tx).count(.profileCompleted) == 0 {
            try lifecycle.record(LifecycleEvent(.profileCompleted), of: id, at: tx.now, in: tx)
        }
        return profile
    }

    func shownProfile(of id: PersonID, _ tx: borrowing ReadTransaction) throws -> ProfileAnswer {
        guard let person = try tx.person(id) else { throw Problem.notFound }
        let row: CustomerRow? = try tx.first(CustomerRow.select + "WHERE person_id = \(id)")
        let wishes = try tx.preferences(of: id) ?? Preferences()
        let shares = try consents(.research, id, tx.lastConsent(.research, of: id), tx)
        return ProfileAnswer(
            customer: Profile(
                id: id, firstName: person.givenName, middleName: row?.middleName, lastName: person.familyName,
                email: person.email, phone: person.phone, dateOfBirth: row?.dateOfBirth, address: row?.address,
                preferences: ProfilePreferences(
                    language: person.language ?? services.tenant.language,
                    timezone: wishes.zone ?? services.tenant.zone, currency: row?.currency ?? settings.currency,
                    notifications: ChannelSwitches(wishes),
                    privacy: ProfilePreferences.Privacy(
                        shareDataForResearch: shares,
                        allowMarketingEmails: MarketingEmails.areAllowed(by: wishes))),
                emergencyContact: row?.emergencyContact, plan: try tx.plan(of: id) ?? .free,
                createdAt: row?.createdAt ?? person.createdAt, updatedAt: row?.updatedAt ?? person.createdAt,
                caseManager: try shownCaseManager(of: id, tx)))
    }
}

/// Why a profile is not changed.
enum ProfileRefusal: Refusal {
    case anotherAccounts
    var problem: Problem { .duplicate("Another account has this phone number or e-mail address.") }
}
