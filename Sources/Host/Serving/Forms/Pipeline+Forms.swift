import HTTPServer
import PluginAPI

extension Pipeline {
    /// What reads the form of a request.
    ///
    /// - Throws: ``Problem``.
    func form(
        of admitted: Admitted, _ position: Int, _ number: Int, _ declaration: RouteDeclaration,
        _ body: PluginAPI.ByteStream
    ) throws(Problem) -> FormReceiver {
        let limit = admitted.runtime.plugins[position]?.fileLimit(route: number)
        return try FormReceiver(
            body, contentType: admitted.inbound.header("content-type"), FormRules(declaration, fileLimit: limit),
            isDigested: admitted.inbound.header(.idempotencyKey) != nil)
    }

    /// Reads a form to its end; its files are kept.
    func whole(_ form: FormReceiver, _ admitted: Admitted) async throws -> FormContent {
        let key = UInt64(admitted.runtime.number)
        do {
            return try await form.whole { [uploads] file in try await uploads.keep(file, for: key) }
        } catch let failure as SpooledFile.Failure {
            log.write(
                .error, "an upload could not be kept", tenant: admitted.runtime.tenant.slug,
                requestID: admitted.inbound.id, ["error": .text(failure.description)])
            throw Problem.unavailable
        }
    }
}
