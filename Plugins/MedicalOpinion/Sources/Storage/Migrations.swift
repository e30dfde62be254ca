internal import PluginAPI

/// The plugin's tables, step by step; each area's in a file of its own. A released step never changes.
enum Migrations {
    static let all: [Migration] =
        customers + cases + experts + lifecycle + matching + answers + opinions + consents + library
        + secondReads
}
