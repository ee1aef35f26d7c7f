/** All tests, in one process with one server. Each file can also be run by itself. */

import "./methods.test.mjs";
import "./operations.test.mjs";
import "./paging.test.mjs";
import "./retries.test.mjs";
import "./errors.test.mjs";
import "./webhooks.test.mjs";
import "./package.test.mjs";
import "./browser.test.mjs";
