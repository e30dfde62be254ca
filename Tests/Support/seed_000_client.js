// Seed 000 §11's own client, with what it imports in as few lines as it needs. The class of §11.2 is as the seed has it but
// for its types; so are the hooks of §11.1 and the components of §11.3, with JSX written as calls. What had to be corrected
// is marked CORRECTED. The seed's text imports axios and React, which are not installed for a test: stand-ins with the parts
// that it uses stand in front.

// --- axios, as far as the seed uses it -------------------------------------------------------------------------------
const axios = {
  create(defaults) {
    const requests = [], responses = [];
    const client = {
      interceptors: {
        request: { use: (done, failed) => requests.push([done, failed]) },
        response: { use: (done, failed) => responses.push([done, failed]) },
      },
      request(config) {
        let going = Promise.resolve({ ...config, headers: { ...defaults.headers, ...config.headers } });
        for (const [done, failed] of requests) going = going.then(done, failed);
        going = going.then(exchange);
        for (const [done, failed] of responses) going = going.then(done, failed);
        return going;
      },
      get: (url, options) => client.request({ ...options, method: 'GET', url }),
      post: (url, data, options) => client.request({ ...options, method: 'POST', url, data }),
      put: (url, data, options) => client.request({ ...options, method: 'PUT', url, data }),
    };
    async function exchange(config) {
      const address = new URL(config.url, defaults.baseURL);
      for (const [name, value] of Object.entries(config.params ?? {})) {
        if (value !== undefined && value !== null) address.searchParams.set(name, value);
      }
      const answer = await fetch(address, {
        method: config.method,
        headers: config.headers,
        body: config.data === undefined ? undefined : JSON.stringify(config.data),
        signal: AbortSignal.timeout(defaults.timeout),
      });
      const text = await answer.text();
      const response = { status: answer.status, config, data: text === '' ? null : JSON.parse(text) };
      if (answer.ok) return response;
      throw Object.assign(new Error(`Request failed with status code ${answer.status}`), { config, response });
    }
    return client;
  },
};

// --- React, as far as the seed uses it -------------------------------------------------------------------------------
const React = (() => {
  let current = null;
  const differ = (old, now) => !old || !now || old.some((value, place) => !Object.is(value, now[place]));
  const slot = (make) => {
    const place = current.place++;
    if (place === current.slots.length) current.slots.push(make());
    return current.slots[place];
  };
  function useState(initial) {
    const root = current;
    const state = slot(() => ({ value: initial }));
    const set = (next) => {
      const value = typeof next === 'function' ? next(state.value) : next;
      if (Object.is(value, state.value)) return;
      state.value = value;
      root.schedule();
    };
    return [state.value, (state.set ??= set)];
  }
  const useRef = (initial) => slot(() => ({ current: initial }));
  function useCallback(callback, dependencies) {
    const kept = slot(() => ({}));
    if (differ(kept.dependencies, dependencies)) Object.assign(kept, { callback, dependencies });
    return kept.callback;
  }
  function useEffect(effect, dependencies) {
    const root = current;
    const kept = slot(() => ({}));
    if (!differ(kept.dependencies, dependencies)) return;
    kept.dependencies = dependencies;
    root.effects.push(() => {
      kept.end?.();
      kept.end = effect();
    });
  }
  const createElement = (type, attributes, ...children) =>
    typeof type === 'function'
      ? type({ ...attributes, children })
      : { type, attributes: attributes ?? {}, children: children.flat(9) };
  function element(node) {
    if (node === null || node === undefined || node === false) return document.createTextNode('');
    if (typeof node !== 'object') return document.createTextNode(String(node));
    const shown = document.createElement(node.type);
    for (const [name, value] of Object.entries(node.attributes)) {
      if (name === 'key') continue;
      shown.setAttribute(name === 'className' ? 'class' : name, value);
    }
    shown.append(...node.children.map(element));
    return shown;
  }
  /** Shows a component in a place of the page, anew whenever its state changes. */
  function render(component, properties, place) {
    let isAsked = false;
    const root = {
      slots: [], effects: [], place: 0,
      schedule() {
        if (isAsked) return;
        isAsked = true;
        queueMicrotask(() => {
          isAsked = false;
          draw();
        });
      },
    };
    function draw() {
      Object.assign(root, { place: 0, effects: [] });
      current = root;
      const tree = component(properties);
      current = null;
      place.replaceChildren(element(tree));
      for (const effect of root.effects) effect();
    }
    draw();
    return { end: () => root.slots.forEach((kept) => kept.end?.()) };
  }
  return { useState, useRef, useCallback, useEffect, createElement, render };
})();
const { useState, useEffect, useRef, useCallback, createElement: h } = React;

// --- §11.2, API Client Implementation --------------------------------------------------------------------------------
class CustomerPortalAPI {
  constructor(baseURL = 'https://api.secondopinion.com') {
    this.client = axios.create({
      baseURL,
      timeout: 30000,
      headers: {
        'Content-Type': 'application/json',
      },
    });

    // Add auth interceptor
    this.client.interceptors.request.use(
      (config) => {
        const token = localStorage.getItem('accessToken');
        if (token) {
          config.headers.Authorization = `Bearer ${token}`;
        }
        return config;
      },
      (error) => Promise.reject(error)
    );

    // Add response interceptor for error handling
    this.client.interceptors.response.use(
      (response) => response,
      async (error) => {
        // CORRECTED: a 401 to the refresh itself would refresh for ever.
        if (error.response?.status === 401 && !error.config.url.includes('/auth/')) {
          await this.refreshToken();
          return this.client.request(error.config);
        }
        return Promise.reject(error);
      }
    );
  }

  // Authentication
  async login(email, password) {
    const response = await this.client.post('/v1/portal/auth/login', {
      email,
      password,
    });
    return response.data;
  }

  async refreshToken() {
    const refreshToken = localStorage.getItem('refreshToken');
    if (!refreshToken) throw new Error('No refresh token available');

    const response = await this.client.post('/v1/portal/auth/refresh', {
      refreshToken,
    });

    const { accessToken, refreshToken: newRefreshToken } = response.data.data;
    localStorage.setItem('accessToken', accessToken);
    localStorage.setItem('refreshToken', newRefreshToken);

    return response.data;
  }

  // Customer Journey
  async getJourney() {
    const response = await this.client.get('/v1/portal/journey');
    return response.data.data.journey;
  }

  async getHealthScore() {
    const response = await this.client.get('/v1/portal/journey/health-score');
    return response.data.data;
  }

  async getActivityTimeline(options) {
    const response = await this.client.get('/v1/portal/journey/timeline', {
      params: options,
    });
    return response.data.data;
  }

  // Persona & Personalization
  async getPersona() {
    const response = await this.client.get('/v1/portal/persona');
    return response.data.data.persona;
  }

  async getPersonalizedDashboard() {
    const response = await this.client.get('/v1/portal/personalization/dashboard');
    return response.data.data;
  }

  async getContentRecommendations(type, limit) {
    const response = await this.client.get('/v1/portal/personalization/content', {
      params: { type, limit },
    });
    return response.data.data;
  }

  // Communication
  async getMessages(options) {
    const response = await this.client.get('/v1/portal/messages', {
      params: options,
    });
    return response.data.data;
  }

  async sendMessage(data) {
    const response = await this.client.post('/v1/portal/messages', data);
    return response.data;
  }

  async updateNotificationPreferences(preferences) {
    const response = await this.client.put(
      '/v1/portal/notifications/preferences',
      { preferences }
    );
    return response.data;
  }

  async getCommunicationHistory(options) {
    const response = await this.client.get('/v1/portal/communications/history', {
      params: options,
    });
    return response.data.data.communications;
  }

  // Push Notifications
  async registerDevice(deviceData) {
    const response = await this.client.post(
      '/v1/portal/notifications/register-device',
      deviceData
    );
    return response.data;
  }
}

// The seed makes one for its own address; this is all that a portal elsewhere changes.
const baseURL = globalThis.portalBaseURL;
const customerPortalAPI = new CustomerPortalAPI(baseURL);
const apiClient = customerPortalAPI.client;

// --- §11.1, Customer Portal Integration ------------------------------------------------------------------------------
function useCustomerJourney(customerId) {
  const [journey, setJourney] = useState(null);
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState(null);

  // CORRECTED: the seed declares this within the effect and returns it from outside, where it is not in scope.
  async function fetchJourney() {
    try {
      setLoading(true);
      const response = await apiClient.get('/v1/portal/journey');
      setJourney(response.data.data.journey);
    } catch (err) {
      setError(err instanceof Error ? err.message : 'Failed to fetch journey');
    } finally {
      setLoading(false);
    }
  }

  useEffect(() => {
    fetchJourney();
  }, [customerId]);

  return { journey, loading, error, refetch: fetchJourney };
}

function useRealTimeUpdates(onUpdate) {
  const ws = useRef(null);
  const { token } = useAuth();

  useEffect(() => {
    if (!token) return;

    // Establish WebSocket connection
    ws.current = new WebSocket(`${baseURL.replace('http', 'ws')}/v1/portal/ws`);

    // §7.1 sends before the connection is open, which throws; here it is as it must be.
    ws.current.onopen = () => {
      // Authenticate connection
      ws.current?.send(JSON.stringify({
        type: 'auth',
        token: token
      }));

      // Subscribe to events
      ws.current?.send(JSON.stringify({
        type: 'subscribe',
        events: ['case_updates', 'messages', 'health_score']
      }));
    };

    ws.current.onmessage = (event) => {
      const data = JSON.parse(event.data);
      onUpdate(data);
    };

    ws.current.onclose = () => {
      // Implement reconnection logic
      setTimeout(() => {
        // Reconnect after delay
      }, 5000);
    };

    return () => {
      ws.current?.close();
    };
  }, [token, onUpdate]);

  return ws.current;
}

// The seed imports these and does not show them.
const useAuth = () => ({ token: localStorage.getItem('accessToken') });

function useAnswer(ask, customerId) {
  const [answer, setAnswer] = useState(null);
  const [loading, setLoading] = useState(true);
  useEffect(() => {
    ask().then(setAnswer, () => {}).finally(() => setLoading(false));
  }, [customerId]);
  return { answer, loading };
}

function usePersonalization() {
  const { answer, loading } = useAnswer(() => customerPortalAPI.getPersonalizedDashboard());
  return { dashboardConfig: answer, loading };
}

const usePersona = (customerId) => ({
  persona: useAnswer(() => customerPortalAPI.getPersona(), customerId).answer,
});

function useCommunication() {
  const { answer } = useAnswer(() => customerPortalAPI.getMessages());
  return { messages: answer?.messages ?? [], sendMessage: (data) => customerPortalAPI.sendMessage(data) };
}

// --- §11.3, React Components -----------------------------------------------------------------------------------------
function PersonalizedDashboard({ customerId }) {
  const { journey, loading: journeyLoading } = useCustomerJourney(customerId);
  const { dashboardConfig, loading: configLoading } = usePersonalization();
  const [realtimeUpdates, setRealtimeUpdates] = useState([]);

  // CORRECTED: a new function at each rendering would have the hook connect anew at each message.
  const onUpdate = useCallback((update) => {
    setRealtimeUpdates(prev => [update, ...prev.slice(0, 9)]);
  }, []);
  useRealTimeUpdates(onUpdate);

  if (journeyLoading || configLoading) {
    return h(DashboardSkeleton);
  }

  return h('div', { className: 'dashboard-container' },
    h('header', { className: 'dashboard-header' },
      h('h1', null, 'Welcome back, ', journey?.customer?.firstName, '!'),
      h('div', { className: 'health-score' },
        h('span', null, 'Health Score: ', journey?.healthScore),
        h(HealthScoreTrend, { trend: journey?.riskLevel }))),

    h('div', { className: 'dashboard-grid' },
      dashboardConfig?.widgets?.map((widget) => (
        h(DashboardWidget, {
          key: widget.id,
          ...widget,
          data: getWidgetData(widget.type, journey),
        })))),

    h('aside', { className: 'real-time-updates' },
      h('h3', null, 'Live Updates'),
      realtimeUpdates.map((update, index) => (
        h(UpdateNotification, { key: index, update: update })))));
}

function SmartCommunication({ customerId }) {
  const { persona } = usePersona(customerId);
  const { messages, sendMessage } = useCommunication();

  const getPersonalizedInterface = () => {
    if (persona?.type === 'informed_advocator') {
      return {
        layout: 'detailed',
        showProfessionalCredentials: true,
        communicationStyle: 'comprehensive'
      };
    }

    if (persona?.type === 'cautious_researcher') {
      return {
        layout: 'simple',
        showReassurance: true,
        communicationStyle: 'supportive'
      };
    }

    return {
      layout: 'standard',
      communicationStyle: 'professional'
    };
  };

  const interfaceConfig = getPersonalizedInterface();

  return h('div', { className: `communication-interface ${interfaceConfig.layout}` },
    h(MessageList, {
      messages: messages,
      showCredentials: interfaceConfig.showProfessionalCredentials,
      style: interfaceConfig.communicationStyle,
    }),

    h(MessageComposer, {
      onSend: sendMessage,
      assistanceLevel: persona?.characteristics?.technologyAdoption,
    }),

    interfaceConfig.showReassurance && (
      h(TrustIndicators)));
}

// The seed imports these and does not show them.
const DashboardSkeleton = () => h('p', { className: 'skeleton' }, 'Loading');
const HealthScoreTrend = ({ trend }) => h('span', { className: 'trend' }, trend);
const DashboardWidget = ({ id, type, position, size, config, data }) =>
  h('section', { id, className: `widget ${size}`, 'data-type': type, 'data-position': position },
    h('pre', null, JSON.stringify(config)), h('b', null, data));
const UpdateNotification = ({ update }) => h('p', { 'data-type': update.type }, JSON.stringify(update.data ?? null));
const MessageList = ({ messages, showCredentials, style }) =>
  h('ol', { className: style }, messages.map((message) => (
    h('li', { key: message.id, className: message.status },
      message.from.name, showCredentials && message.from.title ? `, ${message.from.title}` : '', ': ',
      message.subject))));
const MessageComposer = ({ assistanceLevel }) => h('form', { 'data-assistance': assistanceLevel ?? '' });
const TrustIndicators = () => h('p', { className: 'trust' }, 'Your records are safe with us.');

function getWidgetData(type, journey) {
  switch (type) {
    case 'cases_summary': return `${journey.activeCases} of ${journey.totalCases}`;
    case 'health_score': return journey.healthScore;
    case 'milestones': return journey.milestones.length;
    default: return '';
  }
}

// --- What the test asks for ------------------------------------------------------------------------------------------
globalThis.seed = {
  api: customerPortalAPI,
  /** Signs in and keeps the tokens: the class leaves that to whoever calls it. */
  async signIn(email, password) {
    const { data } = await customerPortalAPI.login(email, password);
    localStorage.setItem('accessToken', data.accessToken);
    localStorage.setItem('refreshToken', data.refreshToken);
    return data.customer;
  },
  /** Shows a component, and waits until it has loaded. */
  async show(name, customerId) {
    document.body.replaceChildren();
    this.shown?.end();
    this.shown = React.render({ PersonalizedDashboard, SmartCommunication }[name], { customerId }, document.body);
    await this.until(() => !document.querySelector('.skeleton'));
  },
  /** Waits until something holds. */
  async until(holds) {
    while (!holds()) await new Promise((done) => setTimeout(done, 10));
  },
  text: (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent),
};
