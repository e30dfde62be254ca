internal import PluginAPI

/// How visits are told to live connections and to other people's servers: as the events have them.
extension Appointments {
    func booked(_ event: AppointmentBooked) -> AppointmentFacts? { event.appointment }
    func cancelled(_ event: AppointmentCancelled) -> AppointmentFacts? { event.appointment }
    func rescheduled(_ event: AppointmentRescheduled) -> AppointmentFacts? { event.appointment }
    func changed(_ event: AppointmentChanged) -> AppointmentFacts? { event.appointment }
}
