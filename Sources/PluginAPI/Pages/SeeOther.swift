/// The answer to the form of a page: the browser goes on to a page, with GET (303, RFC 9110 §15.4.4).
///
/// A route that answers it is for people: they get its refusals as pages, and a browser's cookie counts for it only where the
/// browser says that a page of this portal sent the form. Its form is sent as `multipart/form-data`:
///
///     <form method="post" action="/notes/\(id)/close" enctype="multipart/form-data">
public struct SeeOther: Answer {
    /// A path of this portal, with its query: `/notes?done=closed`
    public let path: String

    public init(_ path: String) { self.path = path }

    public static var answerDocument: AnswerDocument { .seeOther }
    public func write(into writer: inout JSONWriter) -> AnswerShape { .seeOther(path) }
}
