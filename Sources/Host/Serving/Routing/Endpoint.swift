import HTTPServer
import PluginAPI

/// What answers at one method and path. Made once for each route of the process.
final class Endpoint: Sendable {
    /// Whose it is.
    enum Owner: Sendable, Equatable {
        /// The position of a plugin in the process's list.
        case plugin(Int)
        case host
    }

    /// What of its owner it is.
    indirect enum Target: Sendable {
        /// The position of a route in the plugin's manifest.
        case route(Int, RouteDeclaration)
        /// The position of a sign-in in the plugin's manifest, and of one of its steps.
        case signIn(Int, Int, MountedStep)
        /// The position of a page in the plugin's manifest, and who may see it.
        case page(Int, Access)
        /// One of the host's own answers.
        case host(HostRoute)
    }

    let owner: Owner
    let target: Target
    /// The path as declared, for logs and limits.
    let template: String
    /// The names of the path's parameters, in order.
    let parameters: [String]
    /// Whether its path answers in JSON or as a page, by what the client prefers; caches must know.
    let hasTwoForms: Bool
    /// The plugin that has a route of the host's own API at a path of its own, and in its dialect.
    let mountedBy: Int?
    /// The fields that say what of it is on its way out.
    let deprecation: HeaderFields?
    /// Who may use it; nil for what the host answers itself, which decides that by its own means.
    let access: Access?
    /// How it keeps to the reach of its permission; nil where there is nothing to keep to.
    let extent: Extent?
    /// Whether strangers may use it.
    let isForAnyone: Bool
    /// Its limits; nil where it has none.
    let limits: LimitPlan?
    /// Whether its answer may be given again while nothing was written. A limit by a field of the input is counted from the
    /// decoded input, so there it may not.
    let keepsAnswers: Bool
    /// Whether its body is a form of the host's own pages.
    let takesForm: Bool
    /// Whether the host's own route takes a program's form.
    let takesReport: Bool
    /// Whether a token or an API key that is not good is refused, though strangers are let in.
    let refusesBadCredentials: Bool

    init(
        owner: Owner, target: Target, template: String, limits: LimitPlan?, hasTwoForms: Bool = false,
        mountedBy: Int? = nil
    ) {
        self.limits = limits
        self.mountedBy = mountedBy
        self.hasTwoForms = hasTwoForms
        self.owner = owner
        self.target = target
        self.template = template
        // Every request asks these of its endpoint, so they are found once.
        access = Self.access(of: target)
        isForAnyone =
            switch access {
            case .anyone?, nil: true
            case .member?, .permission?: false
            }
        if case .route(_, let declaration) = target {
            deprecation = declaration.deprecation?.fields
            extent = declaration.extent
            keepsAnswers = declaration.keepsAnswers && limits?.fromInput.isEmpty != false
        } else {
            deprecation = nil
            extent = nil
            keepsAnswers = false
        }
        if case .host(let route) = target {
            takesForm = route.kind == .form
            takesReport = route.kind == .report
            refusesBadCredentials = route.refusesBadCredentials
        } else {
            takesForm = false
            takesReport = false
            refusesBadCredentials = false
        }
        parameters = template.split(separator: "/").compactMap { part in
            part.hasPrefix("{") && part.hasSuffix("}") ? String(part.dropFirst().dropLast()) : nil
        }
    }

    /// The same, of a path that answers in both forms.
    var inTwoForms: Endpoint {
        Endpoint(
            owner: owner, target: target, template: template, limits: limits, hasTwoForms: true, mountedBy: mountedBy)
    }

    /// The plugin whose dialect it speaks; nil where the tenant's own is spoken.
    var speaker: Int? {
        if let mountedBy { return mountedBy }
        if case .plugin(let position) = owner { return position }
        return nil
    }

    private static func access(of target: Target) -> Access? {
        switch target {
        case .route(_, let declaration): declaration.access
        case .page(_, let access): access
        case .signIn(_, _, let step): step.access
        case .host: nil
        }
    }

    /// How people are shown what this endpoint refuses.
    enum Page: Sendable {
        /// As a page that somebody opens.
        case show
        /// As the answer to a form.
        case answer
    }

    /// Whether a refusal is shown as a page to a client that accepts this; nil when it is data.
    func page(for accept: Accept) -> Page? {
        switch target {
        case .page: accept.prefersHTML ? .show : nil
        case .host(let route) where route.isForPeople && accept.takesHTML: route.kind == .page ? .show : .answer
        case .route(_, let declaration) where declaration.answersSeeOther: accept.prefersHTML ? .answer : nil
        case .host, .route, .signIn: nil
        }
    }

}
