// The public face of PluginTestKit: what a plugin's tests need, and nothing else to import.
//
//     @Test func `is confirmed by a text message`() async throws {
//         try await withPlugin(Appointments.self) { portal in
//             let ola = try await portal.person(phone: "+4712345678", roles: ["customer"])
//             let booked = await portal.send("POST", "/api/customer/appointments", visit, as: .person(ola))
//             #expect(booked.status == 201)
//             await portal.work()
//             #expect(await portal.outbox.sms.map(\.to) == ["+4712345678"])
//         }
//     }
//     @Test func `keeps the promises of every plugin`() async {
//         #expect(await conformance(of: Appointments.self) == [])
//     }
//
// `withPlugin` runs the real host on files in a folder of the test's own; only the clock is the test's. Nothing listens on
// a fixed port, nothing sleeps, and tests run at the same time.

// A plugin's tests import this module alone: what the plugin is written against comes with it.
@_exported public import PluginAPI
