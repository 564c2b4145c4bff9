'use strict';
// Why a call was not done, as the Bot API words it.

class Refusal extends Error {
  constructor(code, description, parameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }

  body() {
    const body = {ok: false, error_code: this.code, description: this.message};
    return this.parameters ? {...body, parameters: this.parameters} : body;
  }
}

const badRequest = (what, parameters) => new Refusal(400, `Bad Request: ${what}`, parameters);
const forbidden = (what) => new Refusal(403, `Forbidden: ${what}`);

module.exports = {Refusal, badRequest, forbidden};
