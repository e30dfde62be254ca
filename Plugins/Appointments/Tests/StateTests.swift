import PluginAPI
import Testing

@testable import Appointments

@Suite struct `The states of an appointment` {
    @Test(arguments: [
        ("requested", "SCHEDULED"), ("confirmed", "CONFIRMED"), ("checked_in", "CONFIRMED"),
        ("in_progress", "CONFIRMED"), ("completed", "COMPLETED"), ("no_show", "COMPLETED"),
        ("cancelled_by_customer", "CANCELLED"), ("cancelled_by_clinic", "CANCELLED"), ("rescheduled", "CANCELLED"),
    ])
    func `have the wire's words`(state: String, word: String) throws {
        #expect(try #require(AppointmentState(rawValue: state)).status.rawValue == word)
    }

    @Test func `are each under one word`() {
        let all = AppointmentStatus.allCases.flatMap(\.states)
        #expect(all.count == AppointmentState.allCases.count)
        #expect(Set(all) == Set(AppointmentState.allCases))
    }

    @Test func `lead one way for every act`() {
        for state in AppointmentState.allCases {
            for act in AppointmentState.Act.allCases {
                #expect(AppointmentState.transitions.count { $0.from == state && $0.act == act } <= 1)
            }
        }
    }

    @Test func `that are over lead nowhere`() {
        let ends: [AppointmentState] = [.completed, .noShow, .cancelledByCustomer, .cancelledByClinic, .rescheduled]
        for state in AppointmentState.allCases {
            let leads = AppointmentState.Act.allCases.contains { state.after($0) != nil }
            #expect(leads == !ends.contains(state))
        }
    }

    @Test func `let a customer cancel only what has not begun`() {
        #expect(AppointmentState.requested.after(.cancelByCustomer) == .cancelledByCustomer)
        #expect(AppointmentState.confirmed.after(.cancelByCustomer) == .cancelledByCustomer)
        #expect(AppointmentState.checkedIn.after(.cancelByCustomer) == nil)
        #expect(AppointmentState.cancelledByClinic.after(.cancelByCustomer) == nil)
    }
}
