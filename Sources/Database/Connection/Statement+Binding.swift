internal import CSQLite
internal import StoreAPI

extension Statement {
    /// Binds the arguments to the `?` in order; sealed and blind values go through the sealer first.
    ///
    /// - Throws: ``StoreError`` of kind `.misuse` when their number differs, `.seal` from the sealer.
    func bind(_ arguments: [SQLValue], sealer: any Sealer) throws(StoreError) {
        guard Int(sqlite3_bind_parameter_count(handle)) == arguments.count else {
            throw StoreError(
                .misuse, "\(sqlite3_bind_parameter_count(handle)) parameters, \(arguments.count) arguments")
        }
        var index: Int32 = 0
        for argument in arguments {
            index += 1
            let code = try bind(argument, at: index, sealer: sealer)
            guard code == SQLITE_OK else { throw StoreError.sqlite(code, message: "argument \(index) cannot be bound") }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32, sealer: any Sealer) throws(StoreError) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .real(let number): sqlite3_bind_double(handle, index, number)
        case .text(let text): bind(text, at: index)
        case .blob(let bytes): bind(bytes, at: index)
        case .sealed(let tag, let plain): bind(try sealer.seal(plain, owner: owner.id, tag: tag), at: index)
        case .blind(let tag, let plain): bind(try sealer.blind(plain, owner: owner.id, tag: tag), at: index)
        }
    }

    private func bind(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { chars in
                guard let start = chars.baseAddress else { return sqlite3_bind_text(handle, index, "", 0, nil) }
                return sqlite3_bind_text64(
                    handle, index, start, UInt64(chars.count), Self.copied, UInt8(SQLITE_UTF8))
            }
        }
    }

    private func bind(_ bytes: [UInt8], at index: Int32) -> Int32 {
        bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
            return sqlite3_bind_blob64(handle, index, start, UInt64(bytes.count), Self.copied)
        }
    }

    /// SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
