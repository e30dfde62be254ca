import HTTPServer
import PluginAPI

/// What tells one state of a resource from another (RFC 9110 §8.8).
struct Validators: Sendable, Equatable {
    var tag: EntityTag?
    /// To the second.
    var lastModified: Instant?
}

/// Whether a request wants what it asks for, as things stand (RFC 9110 §13).
enum Preconditions {
    enum Verdict: Sendable, Equatable {
        case proceed
        /// 304: the client has it already.
        case notModified
        /// 412: it is not as the client thinks.
        case failed
    }

    /// Evaluates in the order of RFC 9110 §13.2.2. Dates that cannot be read, or of something without date, do not count;
    /// an `If-Match` that cannot be read matches nothing.
    ///
    /// - Parameter exists: whether there is anything at the target now, for what makes new things.
    static func verdict(
        on request: Request, _ validators: Validators, exists: Bool = true, now: Instant
    ) -> Verdict {
        let isRead = request.method == .get || request.method == .head
        if request.header(.ifMatch) != nil {
            guard exists, isMatched(request, validators) else { return .failed }
        } else if let limit = date(request, .ifUnmodifiedSince, now), let modified = validators.lastModified {
            guard modified.seconds <= limit.seconds else { return .failed }
        }
        if request.header(.ifNoneMatch) != nil {
            if exists, isNamed(request, validators) { return isRead ? .notModified : .failed }
        } else if isRead, let since = date(request, .ifModifiedSince, now), let modified = validators.lastModified {
            if modified.seconds <= since.seconds { return .notModified }
        }
        return .proceed
    }

    /// Whether `Range` counts: `If-Range` is not there, or names just this state (RFC 9110 §13.1.5).
    static func wantsRange(_ request: Request, _ validators: Validators, now: Instant) -> Bool {
        guard let field = request.header(.ifRange) else { return true }
        guard !request.hasRepeated(.ifRange) else { return false }
        if let tags = EntityTagList.read(request.bytes[field]), tags.count == 1 {
            return validators.tag?.matchesStrongly(tags[0]) == true
        }
        // A date is only as good as a strong tag once its second is over (RFC 9110 §8.8.2.2).
        guard let date = Instant(httpDate: request.string(field), now: now), let modified = validators.lastModified
        else {
            return false
        }
        return date.seconds == modified.seconds && modified.seconds < now.seconds
    }

    private static func isMatched(_ request: Request, _ validators: Validators) -> Bool {
        switch EntityTagList(request, .ifMatch) {
        case .any?: true
        case .tags(let tags)?: validators.tag.map { tag in tags.contains { $0.matchesStrongly(tag) } } ?? false
        case nil: false
        }
    }

    private static func isNamed(_ request: Request, _ validators: Validators) -> Bool {
        switch EntityTagList(request, .ifNoneMatch) {
        case .any?: true
        case .tags(let tags)?: validators.tag.map { tag in tags.contains { $0.matchesWeakly(tag) } } ?? false
        case nil: false
        }
    }

    private static func date(_ request: Request, _ name: HeaderName, _ now: Instant) -> Instant? {
        guard let field = request.header(name), !request.hasRepeated(name) else { return nil }
        return Instant(httpDate: request.string(field), now: now)
    }
}
