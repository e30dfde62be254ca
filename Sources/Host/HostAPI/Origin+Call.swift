import PluginAPI

extension Origin {
    /// Where a change comes from that a call of the host's own API makes outside its transaction.
    init(_ call: Call<Member>) {
        self.init(
            plugin: PorticoAPI.id, person: call.caller.principal.person, onBehalfOf: call.onBehalfOf,
            requestID: call.id, address: call.client.address, userAgent: call.client.userAgent, now: call.now)
    }
}
