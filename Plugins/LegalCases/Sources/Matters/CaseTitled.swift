internal import PluginAPI

/// The case that something belongs to, in seed 003's shape.
struct CaseTitled: Described {
    let id: Int
    let title: String

    static let schema = Schema<CaseTitled>.object(
        CaseTitled.init(id:title:), Field("id", \.id, .number), Field("title", \.title, .string(0...1000)))
}
