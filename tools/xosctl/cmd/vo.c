// SPDX-License-Identifier: GPL-2.0-or-later
/* vo: the authority of a virtual organisation. Works on its folder, asks no agent. */
#include "cmd.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <secure/token.h>

#include "passphrase.h"

#define DAYS_DEFAULT	  365
#define DAYS_ISSUER	  30
#define DAYS_MAX	  3650
/* A token is for a machine that is being set up. */
#define TOKEN_MINUTES	  60
#define TOKEN_MINUTES_MAX (7 * 24 * 60)

/* What the words after a command may say. */
struct vo_args {
	char dir[SECURE_PATH_MAX];
	const char *out;
	const char *token;
	unsigned long days;
	unsigned long minutes;
	int passphrase_fd;
	struct sign_request request;
};

static int default_dir(char *dir)
{
	const char *home = getenv("HOME");
	char base[SECURE_PATH_MAX];

	if (!home || strlen(home) > SECURE_PATH_MAX - 64)
		return fail(EXIT_SYNTAX, "HOME is not set; give dir");
	secure_path(base, home, ".xos");
	if (mkdir(base, 0700) && errno != EEXIST)
		return fail(EXIT_REFUSED, "%s: %s", base, strerror(errno));
	secure_path(dir, base, "vo");
	return EXIT_OK;
}

static int add_addr(struct vo_args *v, const char *word)
{
	if (v->request.addrs_n == SIGN_ADDRS_MAX)
		return fail(EXIT_SYNTAX, "more than %d addresses", SIGN_ADDRS_MAX);
	if (!word || xos_addr_parse(word, 0, &v->request.addrs[v->request.addrs_n]))
		return fail(EXIT_SYNTAX, "addr: a numeric address is expected");
	v->request.addrs_n++;
	return EXIT_OK;
}

static int parse_words(struct args *args, struct vo_args *v)
{
	unsigned long fd = 0;
	int status = EXIT_OK;

	while (args->argc && status == EXIT_OK) {
		const char *word;

		if (args_match(args, "dir")) {
			word = args_next(args);
			if (!word || strlen(word) >= SECURE_PATH_MAX - 64)
				return fail(EXIT_SYNTAX, "dir: a folder is expected");
			strcpy(v->dir, word);
		} else if (args_match(args, "out")) {
			v->out = args_next(args);
			if (!v->out)
				return fail(EXIT_SYNTAX, "out: a folder is expected");
		} else if (args_match(args, "pkcs11")) {
			v->token = args_next(args);
			if (!v->token)
				return fail(EXIT_SYNTAX, "pkcs11: the URI of a token is expected");
		} else if (args_match(args, "days")) {
			status = args_uint(args, "days", DAYS_MAX, &v->days);
		} else if (args_match(args, "minutes")) {
			status = args_uint(args, "minutes", TOKEN_MINUTES_MAX, &v->minutes);
		} else if (args_match(args, "addr")) {
			status = add_addr(v, args_next(args));
		} else if (args_match(args, "passphrase-fd")) {
			status = args_uint(args, "passphrase-fd", 1023, &fd);
			v->passphrase_fd = (int)fd;
		} else {
			return args_end(args);
		}
	}
	if (status == EXIT_OK && !*v->dir)
		status = default_dir(v->dir);
	return status;
}

/* Open the folder; with its key unless it is only to be looked at. */
static int open_folder(const struct vo_args *v, bool with_key, struct authority *a,
		       char *passphrase)
{
	char reason[SECURE_REASON_MAX];
	int status = EXIT_OK;

	if (with_key)
		status = passphrase_get(v->passphrase_fd, false, passphrase);
	if (status == EXIT_OK &&
	    authority_open(v->dir, with_key ? passphrase : NULL, time(NULL), a, reason))
		status = fail(EXIT_REFUSED, "%s", reason);
	return status;
}

static int init(struct args *args)
{
	char passphrase[AUTHORITY_PASSPHRASE_MAX] = "", reason[SECURE_REASON_MAX];
	struct vo_args v = { .passphrase_fd = -1 };
	const char *name = args_next(args);
	int status;

	if (!name)
		return fail(EXIT_SYNTAX, "the name of the virtual organisation is missing");
	status = parse_words(args, &v);
	if (status == EXIT_OK)
		status = passphrase_get(v.passphrase_fd, true, passphrase);
	if (status == EXIT_OK && authority_create_on(v.dir, name, passphrase,
						     v.token ? v.token : "", time(NULL), reason))
		status = fail(EXIT_REFUSED, "%s", reason);
	explicit_bzero(passphrase, sizeof(passphrase));
	return status;
}

static int issue(struct args *args)
{
	char passphrase[AUTHORITY_PASSPHRASE_MAX] = "", reason[SECURE_REASON_MAX];
	const char *role = args_next(args), *name = role ? args_next(args) : NULL;
	struct vo_args v = { .passphrase_fd = -1 };
	struct authority a;
	int status;

	v.request.who.role = role ? secure_role_parse(role) : SECURE_ROLE_NONE;
	if (v.request.who.role == SECURE_ROLE_NONE || v.request.who.role == SECURE_ROLE_AUTHORITY)
		return fail(EXIT_SYNTAX, "a role is expected: node, client, admin or issuer");
	if (!name || !cert_name_good(name))
		return fail(EXIT_SYNTAX, "a name is expected: letters, digits, '.', '-', '_'");
	strcpy(v.request.who.name, name);
	status = parse_words(args, &v);
	if (status != EXIT_OK)
		return status;
	if (!v.days)
		v.days = v.request.who.role == SECURE_ROLE_ISSUER ? DAYS_ISSUER : DAYS_DEFAULT;
	status = open_folder(&v, true, &a, passphrase);
	explicit_bzero(passphrase, sizeof(passphrase));
	if (status != EXIT_OK)
		return status;
	if (authority_issue(&a, &v.request, (uint32_t)v.days, v.out ? v.out : name, time(NULL),
			    reason))
		status = fail(EXIT_REFUSED, "%s", reason);
	authority_close(&a);
	return status;
}

static int revoke(struct args *args)
{
	char passphrase[AUTHORITY_PASSPHRASE_MAX] = "", reason[SECURE_REASON_MAX];
	struct vo_args v = { .passphrase_fd = -1 };
	const char *name = args_next(args);
	struct authority a;
	int status;

	if (!name)
		return fail(EXIT_SYNTAX, "a name, or an identity, is missing");
	status = parse_words(args, &v);
	if (status == EXIT_OK)
		status = open_folder(&v, true, &a, passphrase);
	explicit_bzero(passphrase, sizeof(passphrase));
	if (status != EXIT_OK)
		return status;
	if (authority_revoke(&a, name, time(NULL), reason))
		status = fail(EXIT_REFUSED, "%s", reason);
	authority_close(&a);
	return status;
}

/* rotate, and retire when @retire. */
static int change_authority(struct args *args, bool retire)
{
	char passphrase[AUTHORITY_PASSPHRASE_MAX] = "", reason[SECURE_REASON_MAX];
	struct vo_args v = { .passphrase_fd = -1 };
	struct authority a;
	int status, err;

	status = parse_words(args, &v);
	if (status == EXIT_OK)
		status = open_folder(&v, true, &a, passphrase);
	if (status == EXIT_OK) {
		err = retire ? authority_retire(&a, time(NULL), reason) :
			       authority_rotate(&a, passphrase, time(NULL), reason);
		if (err)
			status = fail(EXIT_REFUSED, "%s", reason);
		authority_close(&a);
	}
	explicit_bzero(passphrase, sizeof(passphrase));
	return status;
}

static int rotate(struct args *args)
{
	return change_authority(args, false);
}

static int retire(struct args *args)
{
	return change_authority(args, true);
}

static int write_token(struct authority *a, const struct vo_args *v, const char *name)
{
	char reason[SECURE_REASON_MAX];
	gnutls_datum_t text;
	int status = EXIT_OK;

	if (token_make(a, v->request.who.role, name, time(NULL) + (int64_t)v->minutes * 60, &text))
		return fail(EXIT_REFUSED, "the token cannot be made");
	if (v->out && secure_file_write(v->out, 0600, text.data, text.size, reason))
		status = fail(EXIT_REFUSED, "%s", reason);
	else if (!v->out && fwrite(text.data, 1, text.size, stdout) != text.size)
		status = fail(EXIT_REFUSED, "%s", strerror(errno));
	explicit_bzero(text.data, text.size);
	gnutls_free(text.data);
	return status;
}

static int token(struct args *args)
{
	char passphrase[AUTHORITY_PASSPHRASE_MAX] = "";
	struct vo_args v = { .passphrase_fd = -1, .minutes = TOKEN_MINUTES };
	const char *role = args_next(args), *name = "";
	struct authority a;
	int status;

	v.request.who.role = role ? secure_role_parse(role) : SECURE_ROLE_NONE;
	if (v.request.who.role != SECURE_ROLE_NODE && v.request.who.role != SECURE_ROLE_CLIENT)
		return fail(EXIT_SYNTAX, "a role is expected: node or client");
	if (args_match(args, "name"))
		name = args_next(args);
	if (!name || (*name && !cert_name_good(name)))
		return fail(EXIT_SYNTAX, "a name is expected: letters, digits, '.', '-', '_'");
	status = parse_words(args, &v);
	if (status == EXIT_OK)
		status = open_folder(&v, true, &a, passphrase);
	explicit_bzero(passphrase, sizeof(passphrase));
	if (status != EXIT_OK)
		return status;
	status = write_token(&a, &v, name);
	authority_close(&a);
	return status;
}

static void print_day(const char *key, const char *fmt, int64_t at)
{
	time_t when = (time_t)at;
	char text[32];
	struct tm tm;

	strftime(text, sizeof(text), "%Y-%m-%d", gmtime_r(&when, &tm));
	print_string(PRINT_ANY, key, fmt, text);
}

static void print_who(const struct cert_who *who, const char *state)
{
	print_open_object(NULL);
	print_string(PRINT_ANY, "role", "%-9s ", secure_role_name(who->role));
	print_string(PRINT_ANY, "name", "%-20s ", who->name);
	print_id(PRINT_ANY, "id", "%s", &who->id);
	print_uint(PRINT_ANY, "seq", " %s", who->seq);
	print_day("until", "  until %s", who->not_after);
	print_color_string(PRINT_ANY, strcmp(state, "good") ? COLOR_WARN : COLOR_GOOD, "state",
			   "  %s", state);
	print_close_object();
	print_nl();
}

static const char *state_of(const struct authority *a, const struct cert_who *who)
{
	if (trust_revoked(&a->trust, &who->id, who->seq))
		return "revoked";
	return time(NULL) < who->not_after ? "good" : "expired";
}

static int show(struct args *args)
{
	struct vo_args v = { .passphrase_fd = -1 };
	struct cert_who who;
	struct authority a;
	int status;

	status = parse_words(args, &v);
	if (status == EXIT_OK)
		status = open_folder(&v, false, &a, NULL);
	if (status != EXIT_OK)
		return status;
	print_open_object(NULL);
	print_string(PRINT_ANY, "vo", "virtual organisation %s", a.self.vo);
	print_uint(PRINT_ANY, "revoked", "  revoked %s", a.trust.revoked_n);
	print_nl();
	print_open_array("members");
	for (uint32_t i = 0; i < a.trust.n; i++) {
		if (!cert_read(a.trust.authorities[i], &who))
			print_who(&who, state_of(&a, &who));
	}
	for (uint32_t i = 0; i < a.issued_n; i++)
		print_who(&a.issued[i].who, state_of(&a, &a.issued[i].who));
	print_close_array();
	print_close_object();
	if (print_options.json)
		print_nl();
	authority_close(&a);
	return EXIT_OK;
}

#define WHERE "[ dir FOLDER ] [ passphrase-fd N ]"

static const struct command commands[] = {
	{ "show", "[ dir FOLDER ]", "authorities, and whom certificates were made for", show },
	{ "init", "NAME [ pkcs11 URI ] " WHERE,
	  "found a virtual organisation, in the folder ~/.xos/vo", init },
	{ "issue",
	  "{ node | client | admin | issuer } NAME [ out FOLDER ] [ days N ] [ addr ADDRESS ]... "
	  "\n           " WHERE,
	  "make credentials, in the folder NAME; addr: good at these addresses only", issue },
	{ "token", "{ node | client } [ name NAME ] [ out FILE ] [ minutes N ] " WHERE,
	  "a token that gets one certificate from an issuer (xosd --join ADDRESS --token-file FILE)",
	  token },
	{ "revoke", "{ NAME | ID } " WHERE, "revoke all certificates of somebody, for ever",
	  revoke },
	{ "rotate", WHERE, "make a new authority; the old ones stay trusted", rotate },
	{ "retire", WHERE, "trust the newest authority only", retire },
	{ 0 },
};

const struct object object_vo = {
	.name = "vo",
	.help = "the virtual organisation's authority",
	.commands = commands,
};
