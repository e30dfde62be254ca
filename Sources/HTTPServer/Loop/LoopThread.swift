internal import Glibc

/// The thread a loop runs on.
enum LoopThread {
    /// Starts it; the thread owns the loop until `run` returns.
    static func start(_ loop: EventLoop) throws(ServerError) {
        let argument = Unmanaged.passRetained(loop)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<EventLoop>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw ServerError(call: "pthread_create", code: code)
        }
        pthread_detach(thread)
    }
}
