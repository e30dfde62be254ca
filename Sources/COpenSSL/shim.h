/* _GNU_SOURCE stays undefined: it changes fields of C library types, and Swift refuses two definitions of one type. */
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* Macros that Swift cannot import. */

enum {
    copenssl_public_key = EVP_PKEY_PUBLIC_KEY,
    copenssl_key_pair = EVP_PKEY_KEYPAIR
};

static inline int copenssl_cipher_set_tag(EVP_CIPHER_CTX *context, int count, void *tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, count, tag);
}

static inline int copenssl_cipher_get_tag(EVP_CIPHER_CTX *context, int count, void *tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, count, tag);
}

static inline void *copenssl_allocate(size_t count) { return OPENSSL_zalloc(count); }

static inline void copenssl_cleanse_and_free(void *memory, size_t count) { OPENSSL_clear_free(memory, count); }

static inline void copenssl_free(void *memory) { OPENSSL_free(memory); }

/* TLS: what is a macro in <openssl/ssl.h> and <openssl/x509.h>. */

static inline void copenssl_context_set_mode(SSL_CTX *context, long mode) { SSL_CTX_set_mode(context, mode); }

static inline int copenssl_context_set_versions(SSL_CTX *context, int lowest, int highest) {
    return SSL_CTX_set_min_proto_version(context, lowest) && SSL_CTX_set_max_proto_version(context, highest);
}

static inline int copenssl_context_set_groups(SSL_CTX *context, const char *groups) {
    return (int)SSL_CTX_set1_groups_list(context, groups);
}

static inline void copenssl_context_set_read_ahead(SSL_CTX *context) { SSL_CTX_set_read_ahead(context, 1); }

static inline void copenssl_context_set_cache_mode(SSL_CTX *context, long mode) {
    SSL_CTX_set_session_cache_mode(context, mode);
}

static inline int copenssl_set_server_name(SSL *connection, const char *name) {
    return (int)SSL_set_tlsext_host_name(connection, name);
}

typedef STACK_OF(X509) copenssl_certificates;

static inline copenssl_certificates *copenssl_certificates_new(void) { return sk_X509_new_null(); }

static inline int copenssl_certificates_add(copenssl_certificates *list, X509 *certificate) {
    return sk_X509_push(list, certificate);
}

static inline void copenssl_certificates_free(copenssl_certificates *list) { sk_X509_pop_free(list, X509_free); }
