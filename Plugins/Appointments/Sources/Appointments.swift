public import PluginAPI

/// Visits that people book, see and cancel themselves, and the clinic behind them (seeds 001 and 002).
public struct Appointments: Plugin {
    public static let manifest = Manifest<Self>(
        id: "appointments",
        summary: "Visits that customers book, see and cancel themselves, at branches around the world.",
        dialect: .clinic,
        prefixes: [
            "/customer/auth", "/api/customer", "/portal/appointments", "/portal/profile", "/book", "/v1/auth",
            "/v1/patients", "/v1/appointments", "/v1/services", "/v1/branches", "/v1/practitioners", "/v1/reports",
            "/v1/ai", "/v1/messages",
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
        routes: clinic + booking + profiles + messages,
        events: [.event(AppointmentBooked.self), .event(AppointmentCancelled.self), .event(CustomerChanged.self)],
        topics: [
            Topic(
                "appointments", "Visits that are booked and cancelled, of those one may see.",
                [
                    .event("appointment_booked", Self.booked), .event("appointment_cancelled", Self.cancelled),
                ])
        ],
        webhooks: [
            .event("appointment.booked", "A visit was booked.", Self.booked),
            .event("appointment.cancelled", "A visit was cancelled.", Self.cancelled),
        ],
        notices: NoticeType.appointments,
        limits: [
            RateLimit(per: .person, [RateLimit.Window(300, each: .seconds(60))]),
            // A whole clinic or company sits behind one address.
            RateLimit(per: .address, [RateLimit.Window(1200, each: .seconds(60))]),
        ],
        personalData: PersonalData.appointments, conversations: talks)

    let settings: Settings

    public init(settings: Settings, services: Services) { self.settings = settings }

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
    private static let booking: [Route<Self>] = [
        .post(
            "/api/customer/appointments", .transactional(Self.book), needs: .own(.writeAppointments),
            limits: [bookings()], refuses: [BookingRefusal.self],
            "Books a visit. A time just taken is refused with up to five others."),
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
