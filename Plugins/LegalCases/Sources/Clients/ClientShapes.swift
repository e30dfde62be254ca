internal import PluginAPI

/// A client as seed 003 shows them.
struct ClientShown: Described {
    let id: Int
    let user: UserShown
    let companyName: String
    let phone: String
    let address: String

    static let schema = Schema<ClientShown>.object(
        ClientShown.init(id:user:companyName:phone:address:), Field("id", \.id, .number),
        Field("user", \.user, UserShown.schema), Field("company_name", \.companyName, .string(0...200)),
        Field("phone", \.phone, .string(0...40)), Field("address", \.address, .string(0...500)))
}

/// An account as seed 003 shows it.
struct UserShown: Described {
    let id: Int?
    let username: String
    let email: String
    let firstName: String
    let lastName: String

    static let schema = Schema<UserShown>.object(
        UserShown.init(id:username:email:firstName:lastName:), Field("id", \.id, .optional(.number)),
        Field("username", \.username, .string(0...254)), Field("email", \.email, .string(0...254)),
        Field("first_name", \.firstName, .string(0...200)), Field("last_name", \.lastName, .string(0...200)))
}

extension UserShown {
    init(_ account: Person, number: Int?) {
        self.init(
            id: number, username: account.username ?? account.email?.text ?? "", email: account.email?.text ?? "",
            firstName: account.givenName, lastName: account.familyName)
    }
}

/// A client by their number in the path.
struct ClientNamed: Described {
    let id: Int
    static let schema = Schema<ClientNamed>.object(ClientNamed.init(id:), Field("client_id", \.id, .number, in: .path))
}

/// A client who is added.
struct NewClient: Described {
    let firstName: String
    let lastName: String
    let email: Email
    let phone: Phone?
    let companyName: String
    let address: String
    let language: Language?

    static let schema = Schema<NewClient>.object(
        NewClient.init(firstName:lastName:email:phone:companyName:address:language:),
        Field("first_name", \.firstName, .string(1...100)), Field("last_name", \.lastName, .string(1...100)),
        Field("email", \.email, Email.schema, note: "They set a password by /api/token/forgot-password"),
        Field("phone", \.phone, .optional(Phone.schema)),
        Field("company_name", \.companyName, .string(0...200), default: ""),
        Field("address", \.address, .string(0...500), default: ""),
        Field("language", \.language, .optional(Language.schema)))

    /// The part that is the account's.
    var account: PersonChange {
        var change = PersonChange()
        change.givenName = .set(firstName)
        change.familyName = .set(lastName)
        change.email = .set(email)
        if let phone { change.phone = .set(phone) }
        if let language { change.language = .set(language) }
        return change
    }
}

/// What somebody changes of their own profile.
struct ProfileChange: Described {
    let companyName: Change<String>
    let phone: Change<Phone>
    let address: Change<String>

    static let schema = Schema<ProfileChange>.object(
        ProfileChange.init(companyName:phone:address:), Field("company_name", \.companyName, .change(.string(0...200))),
        Field("phone", \.phone, .change(Phone.schema)), Field("address", \.address, .change(.string(0...500))))
}

/// What the staff change of a client.
struct ClientChange: Described {
    let id: Int
    let firstName: Change<String>
    let lastName: Change<String>
    let email: Change<Email>
    let companyName: Change<String>
    let phone: Change<Phone>
    let address: Change<String>

    static let schema = Schema<ClientChange>.object(
        ClientChange.init(id:firstName:lastName:email:companyName:phone:address:),
        Field("client_id", \.id, .number, in: .path), Field("first_name", \.firstName, .change(.string(1...100))),
        Field("last_name", \.lastName, .change(.string(1...100))), Field("email", \.email, .change(Email.schema)),
        Field("company_name", \.companyName, .change(.string(0...200))),
        Field("phone", \.phone, .change(Phone.schema)), Field("address", \.address, .change(.string(0...500))))
}

/// Which clients are asked for.
struct ClientsAsked: Described {
    let search: String?
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<ClientsAsked>.object(
        ClientsAsked.init(search:page:pageSize:),
        Field("search", \.search, .optional(.string(1...100)), in: .query, note: "Part of a name or company"),
        Field("page", \.page, .optional(PageAsked.number), in: .query),
        Field("page_size", \.pageSize, .optional(PageAsked.size), in: .query, note: PageAsked.sizeNote))

    var paging: PageAsked { PageAsked(page: page, pageSize: pageSize) }
}
