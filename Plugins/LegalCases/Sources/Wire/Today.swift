internal import PluginAPI

extension LegalCases {
    /// By the firm's own calendar.
    func today(_ call: Call<Member>) -> Day { call.tenant.zone.day(at: call.now) }
}
