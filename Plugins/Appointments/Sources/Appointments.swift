public import PluginAPI

/// Visits that people book, see and cancel themselves, and the clinic behind them (seeds 001 and 002).
public struct Appointments: Plugin {
    public static let manifest = Manifest<Self>(
        id: "appointments",
        summary: "Visits that customers book, move and cancel themselves, and the clinic's work with its patients.",
        dialect: .clinic,
        prefixes: [
            "/customer/auth", "/api/customer", "/portal/appointments", "/portal/profile", "/book", "/calendar-feeds",
            "/v1/auth", "/v1/patients", "/v1/appointments", "/v1/services", "/v1/branches", "/v1/practitioners",
            "/v1/time-off", "/v1/reports", "/v1/ai", "/v1/messages", "/v1/reconciliations",
            "/v1/matches",
        ],
        permissions: Permission.clinic,
        roles: Role.clinic,
        migrations: Migrations.all,
        signIns: [
            .phone(
                PhoneSignInPaths(
                    request: "/customer/auth", verify: "/customer/auth/verify", refresh: "/customer/auth/refresh",
                    logout: "/customer/auth/logout"),
                role: "customer", member: "customer", account: Self.account, enrol: Self.enrol),
            .password(
                .under("/v1/auth"), roles: Role.staffOfClinic.map(\.name), member: "user", account: Self.staffMember),
        ],
        routes: [
            clinic, booking, oneVisit, profiles, contact, waiting, families, clinicAPI, messages, reconciling,
            patientMatching,
        ].flatMap { $0 },
        events: [
            .event(AppointmentBooked.self), .event(AppointmentCancelled.self), .event(AppointmentRescheduled.self),
            .event(AppointmentChanged.self), .event(CustomerChanged.self),
        ],
        topics: [
            Topic(
                "appointments", "Visits that are booked, moved and cancelled, of those one may see.",
                [
                    .event("appointment_booked", Self.booked), .event("appointment_cancelled", Self.cancelled),
                    .event("appointment_rescheduled", Self.rescheduled), .event("appointment_changed", Self.changed),
                ])
        ],
        webhooks: [
            .event("appointment.booked", "A visit was booked.", Self.booked),
            .event("appointment.cancelled", "A visit was cancelled.", Self.cancelled),
            .event("appointment.rescheduled", "Another visit takes the place of one.", Self.rescheduled),
            .event("appointment.changed", "A visit was confirmed, moved, begun or ended.", Self.changed),
        ],
        notices: NoticeType.appointments,
        listeners: [.on(Self.answered)],
        jobs: [Job(releaseHold, Self.release), Job(comingOfAge, Self.comeOfAge), Job(forgetReconcile, Self.forget)],
        limits: [
            RateLimit(per: .person, [RateLimit.Window(300, each: .seconds(60))]),
            // A whole clinic or company sits behind one address.
            RateLimit(per: .address, [RateLimit.Window(1200, each: .seconds(60))]),
        ],
        personalData: PersonalData.appointments,
        longJobs: [LongJob(reconcileJob, Self.compare), LongJob(patientComparison, Self.comparePatients)],
        conversations: talks)

    let settings: Settings
    let reconciliation: Reconciliation
    let threads: any WorkThreads

    public init(settings: Settings, services: Services) {
        self.settings = settings
        reconciliation = Reconciliation(services)
        threads = services.threads
    }

    /// What everybody may see: where, what and when.
    private static let clinic: [Route<Self>] = [
        .get(
            "/api/customer/branches", .reading(Self.branches), needs: .anyone(because: beforeSignIn),
            limits: [strangers()], "The clinic's branches, with hours and coming holidays."),
        .get(
            "/api/customer/services", .reading(Self.services), needs: .anyone(because: beforeSignIn),
            limits: [strangers()], keepsAnswers: true, "What can be booked, and with whom."),
        .get(
            "/api/customer/availability", .reading(Self.availability), needs: .anyone(because: beforeSignIn),
            limits: [strangers()], "The visits that can be booked, at most 62 days at once."),
    ]

    /// A customer's visits, at both of seed 001's addresses.
    private static let booking: [Route<Self>] =
        [
            .post(
                "/api/customer/appointments", .transactional(Self.book), needs: .own(.writeAppointments),
                limits: [bookings()], refuses: [BookingRefusal.self],
                "Books a visit. A time just taken is refused with up to five others."),
            .post(
                "/api/customer/holds", .transactional(Self.hold), needs: .own(.writeAppointments),
                limits: [bookings()], refuses: [BookingRefusal.self],
                "Keeps a time free for some minutes, in the place of what was held for the caller before."),
            .delete(
                "/api/customer/holds/{id}", .transactional(Self.release),
                needs: .permission(.writeAppointments, of: Self.holdSubject), "Gives a held time back."),
            .get(
                "/api/customer/appointments", .reading(Self.appointments), needs: .listing(.readAppointments),
                "The caller's visits."),
            .get(
                "/portal/appointments", .reading(Self.appointments), needs: .listing(.readAppointments),
                "The caller's visits."),
            .get(
                "/api/customer/appointments/{id}", .reading(Self.appointment),
                needs: .permission(.readAppointments, of: Self.subject), keepsAnswers: true, "One visit."),
            .get(
                "/portal/appointments/{id}", .reading(Self.appointment),
                needs: .permission(.readAppointments, of: Self.subject), keepsAnswers: true, "One visit."),
            .delete(
                "/api/customer/appointments/{id}", .transactional(Self.cancel),
                needs: .permission(.writeAppointments, of: Self.subject), refuses: [BookingRefusal.self],
                "Cancels a visit; it stays in the history."),
            .post(
                "/portal/appointments/{id}/cancel", .transactional(Self.cancel),
                needs: .permission(.writeAppointments, of: Self.subject), status: 200, refuses: [BookingRefusal.self],
                "Cancels a visit; it stays in the history."),
        ]

    /// What a customer does with one visit, at both of seed 001's addresses.
    private static let oneVisit: [Route<Self>] = ["/api/customer/appointments/{id}", "/portal/appointments/{id}"]
        .flatMap { path -> [Route<Self>] in
            [
                .post(
                    path + "/reschedule", .transactional(Self.reschedule),
                    needs: .permission(.writeAppointments, of: Self.reschedulingSubject), limits: [bookings()],
                    status: 200, refuses: [BookingRefusal.self],
                    "Puts another visit in the place of this one, by the clinic's policies."),
                .post(
                    path + "/confirm", .transactional(Self.attend),
                    needs: .permission(.writeAppointments, of: Self.subject), status: 200,
                    refuses: [BookingRefusal.self], "Says that the caller comes."),
                .get(
                    path + "/confirmation", .asynchronous(Self.confirmation),
                    needs: .permission(.readAppointments, of: Self.confirmationSubject),
                    "The visit as a calendar file (RFC 5545), or as a PDF."),
            ]
        }

    /// How a customer is reached, and what they were told.
    private static let contact: [Route<Self>] = [
        .get(
            "/api/customer/preferences", .reading(Self.contactPreferences), needs: .own(.readProfile),
            "How the caller wants to be reached, of what, and when not."),
        .put(
            "/api/customer/preferences", .transactional(Self.changeContactPreferences), needs: .own(.writeProfile),
            "Changes how the caller wants to be reached."),
        .get(
            "/api/customer/communications", .reading(Self.communications), needs: .own(.readProfile),
            "What the caller was sent, the newest first."),
        .get(
            "/api/customer/notifications", .reading(Self.notifications), needs: .own(.readProfile),
            "What the caller finds in the portal, the newest first."),
        .post(
            "/api/customer/notifications/read-all", .transactional(Self.readNotifications), needs: .own(.writeProfile),
            status: 200, "Marks everything as read."),
        .post(
            "/api/customer/notifications/{id}/read", .transactional(Self.readNotification), needs: .member,
            status: 200, "Marks a notification as read."),
        .get(
            "/api/customer/calendar-feed", .reading(Self.calendarFeed), needs: .own(.readAppointments),
            "Whether the caller has a private calendar to subscribe to."),
        .post(
            "/api/customer/calendar-feed", .transactional(Self.rotateCalendarFeed), needs: .own(.readAppointments),
            "Makes the calendar's secret address, or another one in its place."),
        .delete(
            "/api/customer/calendar-feed", .transactional(Self.revokeCalendarFeed), needs: .own(.readAppointments),
            "Ends the calendar: its address leads nowhere."),
        .get(
            "/calendar-feeds/{file}", .reading(Self.readCalendarFeed),
            needs: .anyone(because: "Calendar programs cannot sign in; the address itself is the secret."),
            limits: [strangers()], "Somebody's visits, for calendar programs."),
        .get(
            "/api/customer/medical-history", .reading(Self.medicalHistory), needs: .own(.readProfile),
            "The caller's medical history."),
        .put(
            "/api/customer/medical-history", .transactional(Self.changeMedicalHistory), needs: .own(.writeProfile),
            refuses: [BookingRefusal.self], "Writes the caller's medical history; what it was before is kept."),
        .get(
            "/api/customer/medical-history/versions", .reading(Self.medicalVersions), needs: .own(.readProfile),
            "Every version of the caller's medical history, with who wrote it and when."),
    ]

    /// Visits one waits for.
    private static let waiting: [Route<Self>] = [
        .post(
            "/api/customer/appointments/series", .transactional(Self.bookSeries), needs: .own(.writeAppointments),
            limits: [bookings()], refuses: [BookingRefusal.self],
            "Books the same visit every so many weeks; what cannot be had is named."),
        .get(
            "/api/customer/waitlist", .reading(Self.waitlist), needs: .own(.readAppointments),
            "What the caller waits for."),
        .post(
            "/api/customer/waitlist", .transactional(Self.wait), needs: .own(.writeAppointments),
            limits: [bookings()], refuses: [BookingRefusal.self, WaitRefusal.self],
            "Waits for a visit: who is first in line is told when a time becomes free."),
        .delete(
            "/api/customer/waitlist/{id}", .transactional(Self.leaveWaitlist),
            needs: .permission(.writeAppointments, of: Self.waitSubject), "Waits no more."),
    ]

    /// Children for whom a customer books, with X-Acting-For.
    private static let families: [Route<Self>] = [
        .get(
            "/api/customer/dependents", .reading(Self.dependents), needs: .own(.readProfile),
            "Children for whom the caller books."),
        .post(
            "/api/customer/dependents", .transactional(Self.addDependent), needs: .own(.writeProfile),
            limits: [bookings()], refuses: [BookingRefusal.self, FamilyRefusal.self],
            "Adds a child, for whom the caller then acts by X-Acting-For, and is told, until it is of age."),
        .delete(
            "/api/customer/dependents/{id}", .transactional(Self.removeDependent),
            needs: .permission(.writeProfile, of: Self.dependentSubject), "Acts for a child no more."),
    ]

    /// A customer's profile, at both of seed 001's addresses.
    private static let profiles: [Route<Self>] = ["/api/customer/profile", "/portal/profile"].flatMap { path in
        [
            .get(
                path, .reading(Self.profile), needs: .own(.readProfile), keepsAnswers: true, "The caller's profile."),
            .put(
                path, .transactional(Self.changeProfile), needs: .own(.writeProfile),
                refuses: [ProfileRefusal.self],
                "Changes the caller's profile: fields left out stay, null empties."),
        ]
    }

    private static let beforeSignIn: StaticString = "People choose a place and a time before they say who they are."

    private static func strangers<Input>() -> RouteLimit<Input> {
        .per(.person, RateLimit.Window(600, each: .seconds(60)))
    }

    private static func bookings<Input>() -> RouteLimit<Input> {
        .per(.person, RateLimit.Window(30, each: .seconds(60)))
    }
}
