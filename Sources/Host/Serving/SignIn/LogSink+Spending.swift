import PluginAPI

extension LogSink {
    /// Tells the operator of a budget for texted codes that is used up.
    func write(_ spent: SMSSpending.Scope, tenant: String, requestID: String) {
        write(
            .warning, "a budget for texted codes is used up", tenant: tenant, requestID: requestID,
            ["budget": .text(spent.rawValue)])
    }
}
