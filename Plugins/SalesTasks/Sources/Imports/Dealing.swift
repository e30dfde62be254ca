internal import PluginAPI

/// How customers are dealt to representatives: in turns, those who have more of the required skills oftener.
enum Dealing {
    /// Turns of one representative for each of the others': 1 without any of the required skills, 3 with all.
    static func weight(of skills: [String], required: [String]) -> Int {
        guard !required.isEmpty else { return 1 }
        let held = Set(skills.map { $0.lowercased() })
        let matching = required.count { held.contains($0.lowercased()) }
        return 1 + (2 * matching + required.count / 2) / required.count
    }

    /// The order of turns, to be repeated: everybody as often as their weight, spread evenly (smooth weighted round robin).
    static func turns(_ people: [(id: PersonID, weight: Int)]) -> [PersonID] {
        let common = people.reduce(0) { gcd($0, $1.weight) }
        guard common > 0 else { return [] }
        let weights = people.map { $0.weight / common }
        let sum = weights.reduce(0, +)
        var credit = [Int](repeating: 0, count: people.count)
        return (0..<sum).map { _ in
            var next = 0
            for index in people.indices {
                credit[index] += weights[index]
                if credit[index] > credit[next] { next = index }
            }
            credit[next] -= sum
            return people[next].id
        }
    }

    private static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
}

extension Transaction {
    /// Deals the customers of an import, by priority and then in the order of the file, to the representatives of the task;
    /// with none of those, to everybody.
    borrowing func deal(_ importID: String, of task: TaskRow) throws(StoreError) {
        let dealt: Int =
            try value(
                "SELECT count(*) FROM salestasks_work WHERE task_id = \(task.id) AND state <> 'importing'") ?? 0
        try deal("import_id = \(importID) AND state = 'importing'", to: try turns(of: task), after: dealt)
    }

    /// Deals the customers who wait, and with whom no time was agreed, anew. Where representatives are left who agreed on a
    /// time, it stays theirs; with others it becomes whose it falls to.
    borrowing func dealWaiting(of task: TaskRow) throws(StoreError) {
        let turns = try turns(of: task)
        try deal("task_id = \(task.id) AND state = 'queued'", to: turns, after: 0)
        try deal(
            """
            task_id = \(task.id) AND state = 'callback' AND owner NOT IN
            (SELECT rep_id FROM salestasks_task_rep WHERE task_id = \(task.id))
            """, to: turns, after: 0)
    }

    private borrowing func turns(of task: TaskRow) throws(StoreError) -> [PersonID] {
        let required = task.metadata.requiredSkills
        return Dealing.turns(
            try representatives(of: task.id).filter(\.isActive).map {
                ($0.id, Dealing.weight(of: $0.skills, required: required))
            })
    }

    /// Deals those whom a condition names.
    private borrowing func deal(_ which: SQL, to turns: [PersonID], after dealt: Int) throws(StoreError) {
        guard !turns.isEmpty else {
            try run(
                """
                UPDATE salestasks_work SET owner = '', state = CASE state WHEN 'importing' THEN 'queued' ELSE state END
                WHERE \(which)
                """)
            return
        }
        let list = TextList.text(turns.map(\.rawValue))
        try run(
            """
            UPDATE salestasks_work SET state = CASE state WHEN 'importing' THEN 'queued' ELSE state END,
                owner = json_extract(\(list), '$[' || ((turn.number + \(dealt)) % \(turns.count)) || ']')
            FROM (SELECT seq AS item, row_number() OVER (ORDER BY priority DESC, seq) - 1 AS number
                  FROM salestasks_work WHERE \(which)) AS turn
            WHERE salestasks_work.seq = turn.item
            """)
    }
}
