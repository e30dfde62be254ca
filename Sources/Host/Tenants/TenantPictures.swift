import PluginAPI
import Workers

/// The pictures of one plugin in a tenant's folder, read where files are: each tenant has its turn.
struct TenantPictures: ContentPictures {
    /// The tenant's.
    let folder: String
    let plugin: String
    let pool: WorkerPool
    /// The tenant's number.
    let lane: UInt64

    func picture(_ name: String) async throws -> ContentPicture? {
        let folder = "\(folder)/content/\(plugin)/\(PictureFiles.folder)"
        return try await pool.run(for: lane) { PictureFiles.picture(name, in: folder) }
    }
}
