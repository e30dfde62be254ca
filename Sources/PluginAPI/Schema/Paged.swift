/// One page of a list inside a value that says more than the list: the dialect adds the page's numbers where its clients look
/// for them.
public struct Paged<Whole: Described>: Answer {
    public let whole: Whole
    public let numbers: PageNumbers

    /// - Parameter whole: the answer with the page's items in it.
    public init(whole: Whole, numbers: PageNumbers) {
        self.whole = whole
        self.numbers = numbers
    }

    public static var answerDocument: AnswerDocument { .value(Whole.schema.document) }

    public func write(into writer: inout JSONWriter) -> AnswerShape {
        Whole.schema.encode(whole, into: &writer)
        return .page(numbers)
    }
}
