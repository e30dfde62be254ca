import Crypto
import HTTPServer
import PluginAPI

extension Pipeline {
    /// Under what an answer of a route is kept; nil where it is not.
    func keptKey(
        _ admitted: borrowing Admitted, _ position: Int, _ number: Int, _ declaration: RouteDeclaration
    ) -> KeptAnswer.Key? {
        // A limit by a field of the input is counted from the decoded input.
        guard declaration.keepsAnswers, plugins.limits[position][number].fromInput.isEmpty else { return nil }
        let request = admitted.inbound.request
        guard Accept(admitted.inbound.header("accept")).admitsJSON else { return nil }
        return KeptAnswer.Key(
            runtime: admitted.runtime.serial, caller: admitted.session?.serial ?? 0, onBehalfOf: admitted.onBehalfOf,
            language: admitted.language,
            target: SecretKey(
                request.bytes.span.extracting(request.path.lowerBound..<(request.query ?? request.path).upperBound)))
    }

    /// The reply that was made earlier, dressed for this request; nil when there is none or something was written since.
    func kept(
        _ key: KeptAnswer.Key, _ admitted: borrowing Admitted, _ declaration: RouteDeclaration, commits: UInt64
    ) -> Reply? {
        guard let kept = keptAnswers.find(key, loop: admitted.slot, commits: commits) else { return nil }
        var writer = JSONWriter()
        writer.bytes.reserveCapacity(kept.data.count + 256)
        let written = admitted.dialect.writeSuccess(
            encoded: kept.data, kept.shape, admitted.facts, into: &writer)
        return Reply(declaration.status, written, writer.bytes, tag: kept.tag)
    }

    /// Keeps a reply for whoever asks the same next, unless the handler asked for what is different in each call.
    func keep(
        _ reply: Reply, under key: KeptAnswer.Key, _ context: CallContext, loop: Int, commits: UInt64
    ) {
        guard !context.dependsOnMoment, reply.data.count <= KeptAnswer.largest else { return }
        switch reply.shape {
        case .empty, .accepted, .content, .seeOther: return
        case .value, .page:
            keptAnswers.keep(
                KeptAnswer(commits: commits, data: Array(reply.body[reply.data]), shape: reply.shape, tag: reply.tag),
                under: key, loop: loop)
        }
    }
}
