import Crypto

extension MasterKey {
    /// The operator's key: from the file, else from the environment; in the demo one is made in the data folder.
    ///
    /// - Throws: ``StartFailure`` when there is none or it is not 32 bytes of base64.
    static func load(_ options: HostOptions) throws(StartFailure) -> MasterKey {
        let text: String
        var source = "PORTICO_MASTER_KEY"
        if let file = options.masterKeyFile {
            source = file
            text = try read(file)
        } else if let value = Files.environment("PORTICO_MASTER_KEY") {
            text = value
        } else if options.isDemo {
            source = options.data + "/master.key"
            try DataFolder.write(Base64.encode(Random.bytes(32)) + "\n", toNewFile: source)
            text = try read(source)
        } else {
            throw StartFailure(
                "no master key: give --master-key-file, or set PORTICO_MASTER_KEY, to 32 bytes as base64 (openssl rand -base64 32)"
            )
        }
        do throws(CryptoError) { return try MasterKey(base64: text) } catch {
            throw StartFailure("\(source) is not a master key: it must be 32 bytes as base64")
        }
    }

    private static func read(_ file: String) throws(StartFailure) -> String {
        do throws(FileFault) {
            return String(decoding: try Files.contents(file, limit: 4096), as: UTF8.self)
        } catch {
            throw StartFailure("cannot read the master key \(file)")
        }
    }
}
