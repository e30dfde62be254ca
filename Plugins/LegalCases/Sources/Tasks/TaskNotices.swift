internal import PluginAPI

/// The messages about tasks.
extension NoticeType {
    static let tasks = [
        taskAssigned, taskChanged, taskSubmitted, taskReturned, taskAccepted, taskCancelled, taskDue, taskOverdue,
    ]

    static let taskAssigned = task(
        "task-assigned", "A task was set.",
        en: ("New task: {task}", "There is something to do in {case}: {task} (due: {due})"),
        de: ("Neue Aufgabe: {task}", "Zum Fall {case} ist etwas zu tun: {task} (bis: {due})"))

    static let taskChanged = task(
        "task-changed", "A task was changed.",
        en: ("Task changed: {task}", "The task {task} in {case} was changed (due: {due})"),
        de: ("Aufgabe geändert: {task}", "Die Aufgabe {task} zum Fall {case} wurde geändert (bis: {due})"))

    static let taskSubmitted = task(
        "task-submitted", "A task was answered and is to be looked at.",
        en: ("Task answered: {task}", "The task {task} in {case} was answered"),
        de: ("Aufgabe beantwortet: {task}", "Die Aufgabe {task} zum Fall {case} wurde beantwortet"))

    static let taskReturned = task(
        "task-returned", "A task was looked at and is to be done again.",
        en: ("Task returned: {task}", "Something is missing in your answer to {task} in {case}"),
        de: ("Aufgabe zurück: {task}", "In Ihrer Antwort auf {task} zum Fall {case} fehlt etwas"))

    static let taskAccepted = task(
        "task-accepted", "A task was taken as done.",
        en: ("Task done: {task}", "The task {task} in {case} is done. Thank you."),
        de: ("Aufgabe erledigt: {task}", "Die Aufgabe {task} zum Fall {case} ist erledigt. Danke."))

    static let taskCancelled = task(
        "task-cancelled", "A task was taken back.",
        en: ("Task no longer needed: {task}", "The task {task} in {case} is no longer needed"),
        de: ("Aufgabe entfällt: {task}", "Die Aufgabe {task} zum Fall {case} entfällt"))

    static let taskDue = task(
        "task-due", "A task is due soon.", category: .reminders,
        en: ("Due {due}: {task}", "The task {task} in {case} is due on {due}"),
        de: ("Fällig {due}: {task}", "Die Aufgabe {task} zum Fall {case} ist am {due} fällig"))

    static let taskOverdue = task(
        "task-overdue", "A task was not done by its day.", category: .reminders,
        en: ("Overdue: {task}", "The task {task} in {case} was due on {due}"),
        de: ("Überfällig: {task}", "Die Aufgabe {task} zum Fall {case} war am {due} fällig"))

    private static func task(
        _ name: String, _ summary: String, category: NoticeCategory = .tasks, en: (subject: String, body: String),
        de: (subject: String, body: String)
    ) -> NoticeType {
        NoticeType(
            name, summary, category: category, channels: [.email, .push, .sms, .whatsapp],
            placeholders: ["task", "case", "due"],
            texts: [
                "en": Text(subject: en.subject, body: en.body), "de": Text(subject: de.subject, body: de.body),
            ])
    }
}
