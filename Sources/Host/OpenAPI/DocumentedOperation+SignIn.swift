import PluginAPI

extension DocumentedOperation {
    /// A step of a sign-in.
    init(_ step: MountedStep) {
        method = .post
        path = step.path
        summary = step.summary
        access = step.access
        checksObject = false
        parameters = []
        body = step.body.map { .json($0) }
        status = step.status
        answer = step.answer
        isIdempotent = false
        notIdempotentBecause = nil
        limits = step.limits
        problems = step.problems
    }
}
