internal import COpenSSL

/// Named values for an OpenSSL call. Keeps copies, which are wiped afterwards.
struct Parameters: ~Copyable {
    private var list: [OSSL_PARAM] = []

    deinit {
        for parameter in list { copenssl_cleanse_and_free(parameter.data, parameter.data_size) }
    }

    /// Adds bytes as they are.
    mutating func add(_ name: StaticString, bytes: RawSpan) {
        let copy = copy(bytes)
        list.append(OSSL_PARAM_construct_octet_string(cString(name), copy, bytes.byteCount))
    }

    /// Adds an unsigned number given in big-endian bytes.
    mutating func add(_ name: StaticString, number: RawSpan) {
        let copy = copy(number)
        // OpenSSL expects the machine's order, which on every machine Swift supports here is little-endian.
        var digits = UnsafeMutableRawBufferPointer(start: copy, count: number.byteCount)
        digits.reverse()
        list.append(OSSL_PARAM_construct_BN(cString(name), copy.assumingMemoryBound(to: UInt8.self), number.byteCount))
    }

    /// Adds a text.
    mutating func add(_ name: StaticString, text: StaticString) {
        let copy = copy(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).bytes)
        list.append(
            OSSL_PARAM_construct_utf8_string(
                cString(name), copy.assumingMemoryBound(to: CChar.self), text.utf8CodeUnitCount))
    }

    /// Lends the list, ended as OpenSSL wants it.
    consuming func withList<Result>(_ body: (UnsafeMutablePointer<OSSL_PARAM>?) -> Result) -> Result {
        var ended = list + [OSSL_PARAM_construct_end()]
        return ended.withUnsafeMutableBufferPointer { body($0.baseAddress) }
    }

    private func copy(_ bytes: RawSpan) -> UnsafeMutableRawPointer {
        let copy = copenssl_allocate(max(1, bytes.byteCount + 1))
        guard let copy else { preconditionFailure("libcrypto is not usable: OPENSSL_zalloc") }
        bytes.withUnsafeBytes { source in
            if let start = source.baseAddress { copy.copyMemory(from: start, byteCount: source.count) }
        }
        return copy
    }

    /// A name lives as long as the program, as OpenSSL needs it.
    private func cString(_ name: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
