extension FellegiSunter {
    typealias Patterns = [(pattern: AgreementPattern, count: Double)]

    /// Expectation: how probable it is that a pattern is of one person, and of each relation; the rest are strangers.
    func classes(of pattern: AgreementPattern) -> [Double] {
        let weights = classWeights { ratio($0, pattern[$0]) }
        let most = weights.max() ?? 0
        let parts = weights.map { FieldMath.exp2($0 - most) }
        let all = parts.reduce(0, +)
        return parts.dropLast().map { $0 / all }
    }

    /// Maximisation of m, and of what related people share.
    mutating func maximiseM(_ classes: [[Double]], _ patterns: Patterns) {
        for field in kinds.indices {
            var matched = [Double](repeating: 0, count: Agreement.allCases.count)
            var sharing = relations.map { _ in 0.0 }
            var related = sharing
            for (shares, entry) in zip(classes, patterns) {
                let agreement = entry.pattern[field]
                matched[agreement] += shares[0] * entry.count
                guard agreement != 0 else { continue }
                for at in relations.indices {
                    let pairs = shares[at + 1] * entry.count
                    related[at] += pairs
                    sharing[at] += pairs * sharedShare(relations[at], field, agreement)
                }
            }
            m[field] = Self.shares(matched, usual: Self.usualM, strength: 5)
            for at in relations.indices {
                let share = (sharing[at] + 10 * relations[at].usual[field]) / (related[at] + 10)
                relations[at].shared[field] = min(relations[at].most[field], share)
            }
        }
    }

    /// Maximisation of u: all pairs but those of one person, and of people who share the field.
    mutating func maximiseU(_ classes: [[Double]], _ patterns: Patterns, _ counts: [AgreementCounts]) {
        for field in kinds.indices {
            var explained = [Double](repeating: 0, count: Agreement.allCases.count)
            for (shares, entry) in zip(classes, patterns) {
                let agreement = entry.pattern[field]
                var share = shares[0]
                for at in relations.indices {
                    share += shares[at + 1] * sharedShare(relations[at], field, agreement)
                }
                explained[agreement] += entry.count * share
            }
            let rest = zip(counts[field].counts, explained).map { max(0, $0 - $1) }
            u[field] = Self.shares(rest, usual: Self.usualU(kinds[field]), strength: 50)
            // What was never seen among so many pairs is not known to be rarer than one in them.
            let exact = Int(Agreement.exact.rawValue)
            u[field][exact] = max(u[field][exact], 1 / max(1, counts[field].present), 1e-9)
        }
    }

    /// Maximisation of the classes' shares of all pairs.
    ///
    /// - Returns: whether they have settled.
    mutating func maximisePriors(
        _ classes: [[Double]], _ patterns: Patterns, expected: Double, pairs: Double
    ) -> Bool {
        var sums = [0.0] + relations.map { _ in 0.0 }
        for (shares, entry) in zip(classes, patterns) {
            for at in sums.indices { sums[at] += shares[at] * entry.count }
        }
        let before = [prior] + relations.map(\.prior)
        prior = (sums[0] + 20 * expected) / (pairs + 20)
        for at in relations.indices { relations[at].prior = (sums[at + 1] + 5 * expected) / (pairs + 20) }
        let now = [prior] + relations.map(\.prior)
        return zip(before, now).allSatisfy { abs($0 - $1) < 1e-5 * $0 }
    }

    /// How probable it is that related people who agree so far share the field, and do not agree by chance.
    private func sharedShare(_ relation: Relation, _ field: Int, _ agreement: Int) -> Double {
        guard agreement != 0 else { return 0 }
        let sharing = relation.shared[field] * m[field][agreement]
        return sharing / (sharing + (1 - relation.shared[field]) * u[field][agreement])
    }

    private static func shares(_ counts: [Double], usual: [Double], strength: Double) -> [Double] {
        let known = counts[1...].reduce(0, +)
        var shares = zip(counts, usual).map { ($0 + strength * $1) / (known + strength) }
        shares[0] = 1
        return shares
    }

    /// Unknown (never used), exact, close, near, swapped, different.
    static let usualM = [0, 0.85, 0.06, 0.03, 0.005, 0.055]

    static func usualU(_ kind: FieldKind) -> [Double] {
        let exact =
            switch kind {
            case .name: 0.01
            case .text: 0.002
            case .date, .code: 0.001
            case .number: 0.02
            case .phone, .email: 0.000_5
            case .category: 0.3
            }
        return [0, exact, 0.005, 0.02, 0.000_5, 0.9745 - exact]
    }
}
