extension Response {
    /// Opens a WebSocket: 101, and from then on `handler` has the connection.
    ///
    /// - Parameters:
    ///   - handshake: Of the request that is being answered.
    ///   - subprotocol: The application's choice. It is left out when the client has not offered exactly this.
    ///   - options: Bounds and time-outs.
    ///   - handler: Serves this connection and no other.
    public static func webSocket(
        _ handshake: WebSocketHandshake, subprotocol: String? = nil, options: WebSocketOptions = WebSocketOptions(),
        handler: any WebSocketHandler
    ) -> Response {
        let agreed = subprotocol.flatMap { handshake.subprotocols.contains($0) ? $0 : nil }
        var fields = Array("upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ".utf8)
        fields += handshake.accept
        // The names that a client offers are tokens, so they cannot end the field.
        if let agreed { fields += Array("\r\nsec-websocket-protocol: \(agreed)".utf8) }
        fields += Array("\r\n".utf8)
        let takeover = Takeover(head: .upgrade(fields)) { connection, _ in
            WebSocket(connection, agreed, options, handler)
        }
        return Response(status: 101, body: .takeover(takeover))
    }
}
