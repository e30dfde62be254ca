import Testing

@testable import HTTPServer

/// Answers nothing; a loop needs a responder.
private struct Silent: Responder {
    func receive(_ request: Request) -> Reception { .answer(Response(status: 204)) }
    func refuse(_ fault: HTTPFault, _ request: Request?) -> Response { Response(status: 400) }
}

/// A request as a client's bytes make it, without a connection.
func request(
    _ line: String, _ fields: [String] = [], host: String = "desk.localhost", from client: String = "127.0.0.1"
) throws -> Request {
    let lines = ["\(line) HTTP/1.1", "host: \(host)"] + fields
    let head = try HeadParser.parse(
        Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8), limits: RequestLimits())
    let service = try Service(ServerConfiguration(), Silent())
    let address = try #require(SocketAddress(host: client, port: 1))
    return Request(
        head: head, remoteAddress: address, localPort: 8080, listener: 0,
        loop: try EventLoop(index: 0, service: service, listeners: []))
}
