internal import COpenSSL
import Glibc

/// What one thread reuses from call to call, so that hashing needs no allocation and no lock. Freed when the thread ends.
///
/// Code that uses it never suspends in between, so no other task can get in.
final class ThreadScratch {
    private var digestContexts: InlineArray<4, OpaquePointer?> = [nil, nil, nil, nil]

    /// A context to copy prepared contexts into.
    let signature = OpenSSL.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")

    /// A context for one cipher operation at a time, reset after each.
    let cipher = OpenSSL.require(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new")

    var random = RandomBlock()

    deinit {
        for index in digestContexts.indices { EVP_MD_CTX_free(digestContexts[index]) }
        EVP_MD_CTX_free(signature)
        EVP_CIPHER_CTX_free(cipher)
    }

    /// The thread's context for `algorithm`, in whatever state the last use left it.
    func context(for algorithm: DigestAlgorithm) -> OpaquePointer {
        if let context = digestContexts[algorithm.slot] { return context }
        let context = OpenSSL.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        digestContexts[algorithm.slot] = context
        return context
    }

    /// The calling thread's own.
    static var current: ThreadScratch {
        if let known = pthread_getspecific(key) {
            return Unmanaged<ThreadScratch>.fromOpaque(known).takeUnretainedValue()
        }
        OpenSSL.require(OpenSSL.started, "OPENSSL_init_crypto")
        let made = ThreadScratch()
        let failure = pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
        OpenSSL.require(failure == 0, "pthread_setspecific")
        return made
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let failure = pthread_key_create(&key) { value in
            guard let value else { return }
            Unmanaged<ThreadScratch>.fromOpaque(value).release()
        }
        OpenSSL.require(failure == 0, "pthread_key_create")
        return key
    }()
}
