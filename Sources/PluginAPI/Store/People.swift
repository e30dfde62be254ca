public import StoreAPI
public import Time

/// An account of the tenant, as plugins see it.
public struct Person: Sendable, Equatable {
    public let id: PersonID
    public let givenName: String
    public let familyName: String
    public let email: Email?
    public let phone: Phone?
    public let language: Language?
    public let createdAt: Instant
    /// What they sign in with, where that is no address.
    public let username: String?

    public init(
        id: PersonID, givenName: String, familyName: String, email: Email?, phone: Phone?, language: Language?,
        createdAt: Instant, username: String? = nil
    ) {
        self.id = id
        self.givenName = givenName
        self.familyName = familyName
        self.email = email
        self.phone = phone
        self.language = language
        self.createdAt = createdAt
        self.username = username
    }

    /// Both names, or whichever there is.
    public var name: String { [givenName, familyName].filter { !$0.isEmpty }.joined(separator: " ") }
}

/// What can be changed of an account.
public struct PersonChange: Sendable {
    public var givenName: Change<String> = .keep
    public var familyName: Change<String> = .keep
    public var email: Change<Email> = .keep
    public var phone: Change<Phone> = .keep
    public var language: Change<Language> = .keep
    public init() {}
}

/// The accounts of the tenant. Every account is one person with several identifiers, each unique in the tenant;
/// several plugins see the same one.
extension Transaction {
    public borrowing func person(_ id: PersonID) throws(StoreError) -> Person? { try backend.person(id) }
    public borrowing func person(withPhone phone: Phone) throws(StoreError) -> Person? {
        try backend.person(withPhone: phone)
    }
    public borrowing func person(withEmail email: Email) throws(StoreError) -> Person? {
        try backend.person(withEmail: email)
    }

    /// Makes an account.
    ///
    /// - Throws: ``StoreError`` of kind `.unique` when a phone number or e-mail address is another account's.
    public borrowing func addPerson(_ person: PersonChange) throws(StoreError) -> PersonID {
        try backend.addPerson(person)
    }

    /// Changes an account; a new phone number or address counts as unproven until it has been used to sign in.
    ///
    /// - Throws: ``StoreError`` of kind `.unique` when a phone number or e-mail address is another account's.
    public borrowing func changePerson(_ id: PersonID, _ change: PersonChange) throws(StoreError) {
        try backend.changePerson(id, change)
    }

    /// Gives an account one of this plugin's roles, within a branch or everywhere.
    public borrowing func grant(_ role: String, to person: PersonID, branch: String? = nil) throws(StoreError) {
        try backend.grant(role, to: person, branch: branch)
    }

    public borrowing func people(withRole role: String, in branch: String?, upTo most: Int) throws(StoreError)
        -> [PersonID]
    {
        try backend.people(withRole: role, in: branch, upTo: most)
    }

    /// Takes one of this plugin's roles from an account, at once.
    public borrowing func revoke(_ role: String, from person: PersonID) throws(StoreError) {
        try backend.revoke(role, from: person)
    }

    public borrowing func accounts(actedForBy person: PersonID) throws(StoreError) -> [PersonID] {
        try backend.accounts(actedForBy: person)
    }

    /// Lets a person act for another one's account (`X-Acting-For`), in every plugin and for that account's own things
    /// only.
    ///
    /// - Parameter relation: what the one is to the other, for people: `family`, `company`.
    public borrowing func allowActing(
        _ person: PersonID, for other: PersonID, as relation: String
    ) throws(StoreError) {
        try backend.allowActing(person, for: other, as: relation)
    }

    /// Lets a person act for another one's account no more, at once.
    public borrowing func forbidActing(_ person: PersonID, for other: PersonID) throws(StoreError) {
        try backend.forbidActing(person, for: other)
    }
}
