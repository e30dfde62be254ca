/* _GNU_SOURCE stays undefined: it changes fields of C library types, and Swift refuses two definitions of one type. */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
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
