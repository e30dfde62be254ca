// What a client has missed goes before what happens now.
extension EventStream {
    func startReplay(after id: String) {
        isReplaying = true
        loop.liveTasks += 1
        loop.counters.runningTasks.increment()
        let task = Task.immediate(executorPreference: loop) { [self] in
            await replay(after: id)
            replayed()
        }
        if isReplaying { self.task = task }
        if connection == nil { task.cancel() }
    }

    private func replay(after id: String) async {
        var last: String? = id
        while let id = last, phase == .open {
            switch await handler.replay(after: id, to: self) {
            case .more(let events):
                for event in events { put(framed(event)) }
                last = events.last?.id
            case .rest(let events):
                for event in events { put(framed(event)) }
                return
            case .gap(let event): return put(framed(event))
            }
            guard await room() else { return }
        }
    }

    private func replayed() {
        loop.liveTasks -= 1
        loop.counters.runningTasks.decrement()
        isReplaying = false
        task = nil
        release()
        tellEnding()
    }

    /// Sends what has waited.
    private func release() {
        let waited = live ?? []
        live = nil
        liveBytes = 0
        guard phase == .open else { return }
        for bytes in waited { put(bytes) }
    }
}
