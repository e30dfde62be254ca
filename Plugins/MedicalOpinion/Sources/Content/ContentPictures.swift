internal import PluginAPI

extension MedicalOpinion {
    static let picturesAt = "/images"

    static let pictureRoutes: [Route<Self>] = [
        .get(
            "\(picturesAt)/{name}", .asynchronous(Self.picture),
            needs: .anyone(because: "pictures of the articles that anybody reads"),
            "A picture of the company's folder: PNG, JPEG or WebP.")
    ]

    /// For so many seconds a browser shows it without asking again.
    private static let pictureSeconds = 3600

    func picture(_ named: PictureNamed, _ call: Call<Anyone>) async throws -> Content {
        guard let picture = try await services.pictures.picture(named.name) else { throw Problem.notFound }
        return Content(
            .bytes(picture.bytes), mediaType: picture.mediaType, isShown: true, isForeign: true,
            isKeptFor: Self.pictureSeconds)
    }
}

/// A picture by the name of its file.
struct PictureNamed: Described {
    let name: String
    static let schema = Schema<PictureNamed>.object(
        PictureNamed.init(name:), Field("name", \.name, .string(1...120), in: .path))
}
