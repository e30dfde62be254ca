internal import Documents
internal import PluginAPI

/// A text of the company's folder `content/medical-opinion`, for customers to read.
struct Article: Sendable {
    /// The name of its file without `.md`: `preparing-your-case`.
    let slug: String
    let title: String
    let description: String
    /// `educational_article`, `checklist` …
    let type: String
    /// In lower case.
    let tags: [String]
    /// The specialties it is about, in lower case; none when it is for all.
    let specialties: [String]
    /// Whom it suits.
    let personas: [PersonaType]
    let author: Author?
    /// How long reading it takes: 200 words a minute.
    let minutes: Int
    let markdown: String
    /// The words of all of it, in lower case.
    let words: Set<String>

    struct Author: Described {
        let name: String
        let credentials: String
        /// Where their picture is.
        let photo: String?

        static let schema = Schema<Author>.object(
            Author.init(name:credentials:photo:), Field("name", \.name, .string(1...200)),
            Field("credentials", \.credentials, .string(0...200)),
            .leftOutWhenNil("photo", \.photo, .optional(.string(1...200))))
    }

    /// Names it on the wire.
    var id: String { "content_\(slug)" }

    private static let known: Set<String> = [
        "title", "description", "type", "tags", "specialties", "personas", "author", "credentials", "photo",
    ]

    /// - Throws: ``ArticleFault`` with the first thing that is wrong with the file.
    init(_ file: ContentFile) throws(ArticleFault) {
        guard file.name.hasSuffix(".md") else { throw ArticleFault(line: nil, "must be named <name>.md") }
        slug = String(file.name.dropLast(3))
        guard (1...100).contains(slug.utf8.count),
            slug.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { throw ArticleFault(line: nil, "must be named with small letters, digits and -") }
        let front: FrontMatter
        do throws(FrontMatter.Fault) { front = try FrontMatter(file.text) } catch {
            throw ArticleFault(line: error.line, error.reason)
        }
        if let name = front.values.keys.sorted().first(where: { !Self.known.contains($0) }) {
            throw ArticleFault(
                line: nil,
                "has the name \(name) above its text; must be one of \(Self.known.sorted().joined(separator: ", "))")
        }
        guard let title = front.text("title"), (1...200).contains(title.count) else {
            throw ArticleFault(line: nil, "must have a title of 1 to 200 characters above its text")
        }
        guard let description = front.text("description"), (1...500).contains(description.count) else {
            throw ArticleFault(line: nil, "must have a description of 1 to 500 characters above its text")
        }
        var personas: [PersonaType] = []
        for name in front.list("personas") {
            guard let persona = PersonaType(rawValue: name) else {
                let words = PersonaType.allCases.map(\.rawValue).joined(separator: ", ")
                throw ArticleFault(line: nil, "names the persona \(name); must be one of \(words)")
            }
            personas.append(persona)
        }
        self.title = title
        self.description = description
        self.personas = personas
        type = front.text("type") ?? "educational_article"
        guard (1...64).contains(type.count) else { throw ArticleFault(line: nil, "has a type that is too long") }
        tags = front.list("tags").map { $0.lowercased() }
        specialties = front.list("specialties").map { $0.lowercased() }
        guard tags.count <= 20, specialties.count <= 20,
            (tags + specialties).allSatisfy({ (1...64).contains($0.count) })
        else { throw ArticleFault(line: nil, "may have 20 tags and 20 specialties of 64 characters") }
        author = try Self.author(front, file.pictures)
        markdown = front.body
        let text = CommonMark(front.body).plainText
        let all = Self.words(in: text)
        minutes = max(1, (all.count + 199) / 200)
        words = Set(all + Self.words(in: title) + Self.words(in: description) + tags + specialties)
    }

    private static func author(_ front: FrontMatter, _ pictures: Set<String>) throws(ArticleFault) -> Author? {
        guard let name = front.text("author"), !name.isEmpty else {
            for extra in ["credentials", "photo"] where front.values[extra] != nil {
                throw ArticleFault(line: nil, "has \(extra) without an author")
            }
            return nil
        }
        let credentials = front.text("credentials") ?? ""
        guard name.count <= 200, credentials.count <= 200 else {
            throw ArticleFault(line: nil, "may have an author and credentials of 200 characters")
        }
        let photo = front.text("photo")
        if let photo, !pictures.contains(photo) {
            throw ArticleFault(line: nil, "names the photo \(photo), which is not in the folder images")
        }
        return Author(
            name: name, credentials: credentials, photo: photo.map { "\(MedicalOpinion.picturesAt)/\($0)" })
    }

    /// The words of a text, in lower case.
    static func words(in text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}

/// What is wrong with an article's file.
struct ArticleFault: Error {
    let line: Int?
    let message: String

    init(line: Int?, _ message: String) {
        self.line = line
        self.message = message
    }
}
