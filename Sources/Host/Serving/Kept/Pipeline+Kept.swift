import Crypto
import HTTPServer
import PluginAPI

extension Pipeline {
    /// Under what an answer is kept; nil where it is not.
    func wanted(_ admitted: borrowing Admitted) -> KeptAnswer.Wanted? {
        guard admitted.endpoint.keepsAnswers, Accept(admitted.inbound.header("accept")).admitsJSON else { return nil }
        return KeptAnswer.Wanted(
            runtime: admitted.runtime.serial, caller: admitted.session?.serial ?? 0, onBehalfOf: admitted.onBehalfOf,
            language: admitted.language)
    }

    /// The reply that was made earlier, dressed for this request; nil when there is none or something was written since.
    func kept(
        _ wanted: KeptAnswer.Wanted, _ admitted: borrowing Admitted, _ declaration: RouteDeclaration, commits: UInt64
    ) -> Reply? {
        let request = admitted.inbound.request
        guard
            let kept = keptAnswers.find(
                wanted, request.bytes.span.extracting(request.target), loop: admitted.slot, commits: commits)
        else { return nil }
        if let written = admitted.dialect.bare(kept.data, kept.shape) {
            return Reply(declaration.status, written, kept.data, tag: kept.tag)
        }
        var writer = JSONWriter()
        writer.bytes.reserveCapacity(kept.data.count + 256)
        let written = admitted.dialect.writeSuccess(
            encoded: kept.data, kept.shape, admitted.facts, into: &writer)
        return Reply(declaration.status, written, writer.bytes, tag: kept.tag)
    }

    /// Keeps a reply for whoever asks the same next, unless the handler asked for what is different in each call.
    func keep(
        _ reply: Reply, _ wanted: KeptAnswer.Wanted, _ request: Request, _ context: CallContext, commits: UInt64
    ) {
        guard !context.dependsOnMoment, reply.data.count <= KeptAnswer.largest else { return }
        switch reply.shape {
        case .empty, .accepted, .content, .seeOther: return
        case .value, .page:
            let answer = KeptAnswer(
                commits: commits, data: Array(reply.body[reply.data]), shape: reply.shape, tag: reply.tag)
            keptAnswers.keep(
                answer, wanted, request.bytes.span.extracting(request.target), loop: request.loop.index)
        }
    }
}

extension Request {
    /// Path and query as they came.
    fileprivate var target: Range<Int> { path.lowerBound..<(query ?? path).upperBound }
}
