internal import Synchronization

/// Carries a file from the thread that made it.
final class FileSlot: Sendable {
    let file = Mutex<SpooledFile?>(nil)
}
