internal import PluginAPI

/// What erasure, webhooks, the library and reports add to the manifest.
extension MedicalOpinion {
    static let libraryRoutes: [Route<Self>] =
        keptOpinionRoutes + pictureRoutes + staffContentRoutes + reportRoutes
    static let libraryListeners: [Listener<Self>] = [.on(Self.forget)]
    static let libraryJobs: [Job<Self>] = erasureJobs + libraryIndexJobs
}
