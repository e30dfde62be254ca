import Testing
import Workers

@testable import Crypto

@Suite struct `Password hashing by bcrypt` {
    @Test(arguments: [
        ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
        ("U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
        ("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
        ("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        ("U*U", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    ])
    func `knows the hashes that others made`(password: String, hash: String) throws {
        #expect(try Bcrypt.verify(utf8(password), against: hash))
        #expect(try !Bcrypt.verify(utf8(password + "x"), against: hash))
    }

    @Test func `makes hashes that it verifies`() throws {
        let hash = try Bcrypt.hash(utf8("Sommer2024! æøå"), cost: 4)
        #expect(hash.hasPrefix("$2b$04$"))
        #expect(hash.utf8.count == 60)
        #expect(try Bcrypt.verify(utf8("Sommer2024! æøå"), against: hash))
        #expect(try !Bcrypt.verify(utf8("Sommer2024! æøa"), against: hash))
        #expect(try !Bcrypt.verify([], against: hash))
    }

    @Test func `salts every hash anew`() throws {
        #expect(try Bcrypt.hash(utf8("same"), cost: 4) != Bcrypt.hash(utf8("same"), cost: 4))
    }

    @Test func `reads every byte of the longest password`() throws {
        let longest = [UInt8](repeating: UInt8(ascii: "a"), count: 72)
        let hash = try Bcrypt.hash(longest, cost: 4)
        #expect(try Bcrypt.verify(longest, against: hash))
        #expect(try !Bcrypt.verify(longest.dropLast() + [UInt8(ascii: "b")], against: hash))
    }

    @Test func `refuses passwords it would not read in full`() {
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 73)
        let hash = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
        #expect(throws: CryptoError.passwordTooLong) { try Bcrypt.hash(long, cost: 4) }
        #expect(throws: CryptoError.passwordTooLong) { try Bcrypt.verify(long, against: hash) }
        #expect(throws: CryptoError.passwordContainsNUL) { try Bcrypt.hash(utf8("ab\u{0}cd"), cost: 4) }
        #expect(throws: CryptoError.passwordContainsNUL) { try Bcrypt.verify(utf8("U*U\u{0}"), against: hash) }
    }

    @Test(arguments: [-1, 0, 3, 17, 31, 99]) func `refuses other costs`(cost: Int) {
        #expect(throws: CryptoError.outOfRange("cost")) { try Bcrypt.hash(utf8("password"), cost: cost) }
    }

    @Test(arguments: [
        "", "$2b$12$", "*0", "$1$abcdefgh$0123456789012345678901",
        "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWx",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWW",
        "$2b$05$CCCCCCCCCC:CCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOé",
    ])
    func `refuses a stored hash it cannot compute safely`(hash: String) {
        #expect(Bcrypt.cost(of: hash) == nil)
        #expect(throws: CryptoError.malformedPasswordHash) { try Bcrypt.verify(utf8("U*U"), against: hash) }
    }

    @Test func `tells the cost of a hash`() throws {
        #expect(Bcrypt.cost(of: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW") == 5)
        #expect(Bcrypt.cost(of: "$2b$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW") == 12)
        #expect(Bcrypt.cost(of: try Bcrypt.hash(utf8("x"), cost: 6)) == 6)
    }
}

@Suite struct `A password hasher` {
    @Test func `hashes and verifies on its pool`() async throws {
        let pool = WorkerPool(name: "bcrypt", threads: 2, queueLimit: 8)
        let hasher = try PasswordHasher(pool: pool, cost: 4)
        let hash = try await hasher.hash(SecretBytes(utf8("correct horse")))
        #expect(try await hasher.verify(SecretBytes(utf8("correct horse")), against: hash))
        #expect(try await !hasher.verify(SecretBytes(utf8("battery staple")), against: hash))
        #expect(pool.metrics.done == 3)
    }

    @Test func `does the work for an unknown user too`() async throws {
        let pool = WorkerPool(name: "bcrypt", threads: 1, queueLimit: 8)
        let hasher = try PasswordHasher(pool: pool, cost: 4)
        #expect(try await !hasher.verify(SecretBytes(utf8("anything")), against: nil))
        #expect(pool.metrics.done == 1)
    }

    @Test func `does the rest of the work for a hash of a lower cost`() async throws {
        let pool = WorkerPool(name: "bcrypt", threads: 1, queueLimit: 8)
        let hasher = try PasswordHasher(pool: pool, cost: 7)
        let cheap = try Bcrypt.hash(utf8("correct horse"), cost: 4)
        #expect(try await hasher.verify(SecretBytes(utf8("correct horse")), against: cheap))
        #expect(try await !hasher.verify(SecretBytes(utf8("battery staple")), against: cheap))
        // A hash's own work and that of one of each cost from there on: 16 + 16 + 32 + 64 = 128 rounds.
        #expect(hasher.work(for: cheap) == hasher.work(for: nil))
        #expect(hasher.work(for: try Bcrypt.hash(utf8("x"), cost: 6)) == 128)
    }

    @Test func `refuses when the pool does`() async throws {
        let pool = WorkerPool(name: "bcrypt", threads: 1, queueLimit: 8)
        let hasher = try PasswordHasher(pool: pool, cost: 4)
        await pool.close()
        await #expect(throws: PoolFull.self) { try await hasher.hash(SecretBytes(utf8("password"))) }
    }

    @Test func `refuses bad passwords before they take a place in the queue`() async throws {
        let pool = WorkerPool(name: "bcrypt", threads: 1, queueLimit: 8)
        let hasher = try PasswordHasher(pool: pool, cost: 4)
        let long = SecretBytes([UInt8](repeating: 97, count: 73))
        await #expect(throws: CryptoError.passwordTooLong) { try await hasher.hash(long) }
        await #expect(throws: CryptoError.passwordTooLong) { try await hasher.verify(long, against: nil) }
        await #expect(throws: CryptoError.malformedPasswordHash) {
            try await hasher.verify(SecretBytes(utf8("password")), against: "plain text")
        }
        #expect(throws: CryptoError.outOfRange("cost")) { try PasswordHasher(pool: pool, cost: 20) }
        #expect(pool.metrics.done == 1)
    }

    @Test func `says when a stored hash should be made anew`() throws {
        let pool = WorkerPool(name: "bcrypt", threads: 1, queueLimit: 8)
        let hasher = try PasswordHasher(pool: pool, cost: 5)
        #expect(!hasher.needsRehash("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
        #expect(hasher.needsRehash("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
        #expect(hasher.needsRehash("$2b$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
        #expect(hasher.needsRehash("anything else"))
    }
}
