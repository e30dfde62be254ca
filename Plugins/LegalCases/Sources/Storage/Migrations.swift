internal import PluginAPI

/// Every table of the plugin. Applied ones are never changed. Documents begin at 100, tasks at 110.
enum Migrations {
    static let all = [people, matters] + DocumentMigrations.all + TaskMigrations.all
}
