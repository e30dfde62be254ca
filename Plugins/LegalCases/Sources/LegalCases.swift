public import PluginAPI

/// Local stand-in until the plugin's own table of contents lands.
public struct LegalCases: Plugin {
    public static let manifest = Manifest<Self>(
        id: "legal-cases", summary: "Matters.", dialect: .bare, prefixes: ["/api/token", "/api/portal", "/api/staff"],
        permissions: Permission.legal, roles: Role.legal,
        migrations: [Migrations.matters] + DocumentMigrations.all + TaskMigrations.all,
        routes: stubRoutes + closeRoutes + documentRoutes + shareRoutes + holdRoutes + bundleRoutes + taskRoutes,
        events: documentEvents + taskEvents, topics: [documentTopic, taskTopic],
        live: [.stream("/api/portal/events/")], webhooks: documentWebhooks + taskWebhooks,
        notices: NoticeType.documents + NoticeType.tasks, jobs: documentJobs,
        personalData: PersonalData.documents + PersonalData.tasks,
        files: [documentFiles], longJobs: [taskTextsJob])

    let settings: Settings
    let services: Services
    public init(settings: Settings, services: Services) {
        self.settings = settings
        self.services = services
    }
}

public struct Settings: Described {
    public var taskReminderDays: [Int]
    public var documentRetentionYears: Int
    public static let schema = Schema<Settings>.object(
        Settings.init(taskReminderDays:documentRetentionYears:),
        Field(
            "taskReminderDays", \.taskReminderDays, .list(.int(1...60), 0...5), default: [3, 1],
            note: "Days before its due date on which whoever has to do a task is reminded"),
        Field(
            "documentRetentionYears", \.documentRetentionYears, .int(0...100), default: 0,
            note: "Years after a case was closed for which its documents and tasks are kept; 0 for ever"))
}

enum Migrations {
    static let matters = Migration(
        "001-matters",
        """
        CREATE TABLE legalcases_matter (id INTEGER PRIMARY KEY, title TEXT NOT NULL, number TEXT NOT NULL, client_id TEXT, state TEXT NOT NULL, closed_at INTEGER);
        CREATE TABLE legalcases_team (matter_id INTEGER NOT NULL, person_id TEXT NOT NULL, PRIMARY KEY (matter_id, person_id)) WITHOUT ROWID;
        """)
}
