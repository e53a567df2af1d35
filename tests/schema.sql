-- The schema the models implement. tests/test_schema.py executes it and compares what the migrations made with it.

CREATE TABLE photos (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    filename TEXT NOT NULL UNIQUE,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    file_size BIGINT NOT NULL,
    mime_type TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    
    -- Generation metadata
    is_generated BOOLEAN DEFAULT FALSE,
    generation_prompt TEXT,
    generation_negative_prompt TEXT,
    generation_params JSONB,
    source_image_id UUID REFERENCES photos(id),
    
    -- InvokeAI specific fields
    invoke_id TEXT,            -- Image name from InvokeAI
    model_key TEXT,            -- UUID key of the model used
    
    -- System metadata
    last_accessed_at TIMESTAMP WITH TIME ZONE,
    deleted_at TIMESTAMP WITH TIME ZONE,
    
    -- File paths
    local_storage_path TEXT,
    local_thumbnail_path TEXT,
    
    -- Retrieval tracking (simplified)
    retrieval_status TEXT DEFAULT 'completed',
    retrieval_attempts INTEGER DEFAULT 0,
    last_retrieval_attempt TIMESTAMP WITH TIME ZONE,
    retrieval_error TEXT
);

-- Index for retrieval status to quickly find pending/failed retrievals
CREATE INDEX idx_photos_retrieval_status ON photos (retrieval_status) 
    WHERE retrieval_status != 'completed';

-- Index for deleted photos to exclude from queries
CREATE INDEX idx_photos_deleted_at ON photos (deleted_at) 
    WHERE deleted_at IS NOT NULL;

-- Index for efficient lookup by InvokeAI ID
CREATE INDEX idx_photos_invoke_id ON photos (invoke_id)
    WHERE invoke_id IS NOT NULL;

-- Index for text search on generation prompt
CREATE INDEX idx_photos_generation_prompt ON photos USING gin(to_tsvector('english', generation_prompt));

CREATE TABLE albums (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL,
    description TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    cover_photo_id UUID REFERENCES photos(id)
);

CREATE TABLE album_photos (
    album_id UUID REFERENCES albums(id) ON DELETE CASCADE,
    photo_id UUID REFERENCES photos(id) ON DELETE CASCADE,
    added_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    position INTEGER,
    PRIMARY KEY (album_id, photo_id)
);

-- Index for efficient album content retrieval
CREATE INDEX idx_album_photos_position ON album_photos(album_id, position);

CREATE TABLE shared_links (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    photo_id UUID REFERENCES photos(id),
    album_id UUID REFERENCES albums(id),
    access_key TEXT NOT NULL UNIQUE,
    expires_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    last_accessed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT share_target_check 
        CHECK (
            (photo_id IS NOT NULL AND album_id IS NULL) OR
            (photo_id IS NULL AND album_id IS NOT NULL)
        )
);

-- Index for access key lookups
CREATE INDEX idx_shared_links_access_key ON shared_links(access_key);

-- Index for expired links cleanup
CREATE INDEX idx_shared_links_expires_at ON shared_links(expires_at)
    WHERE expires_at IS NOT NULL;

CREATE TABLE generation_sessions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    started_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    completed_at TIMESTAMP WITH TIME ZONE,
    entry_type TEXT NOT NULL CHECK (entry_type IN ('scratch', 'refinement')),
    source_image_id UUID REFERENCES photos(id),
    status TEXT NOT NULL DEFAULT 'active' 
        CHECK (status IN ('active', 'completed', 'abandoned'))
);

-- Index for active sessions
CREATE INDEX idx_generation_sessions_status ON generation_sessions(status);

CREATE TABLE generation_steps (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    session_id UUID NOT NULL REFERENCES generation_sessions(id) ON DELETE CASCADE,
    parent_id UUID REFERENCES generation_steps(id),
    prompt TEXT NOT NULL,
    negative_prompt TEXT,
    parameters JSONB NOT NULL,
    
    -- InvokeAI specific fields
    model_key TEXT NOT NULL,        -- UUID key of the model
    batch_id TEXT NOT NULL,         -- ID of the batch from InvokeAI
    correlation_id TEXT,            -- Optional ID for correlating images
    
    selected_image_id UUID REFERENCES photos(id),
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    completed_at TIMESTAMP WITH TIME ZONE,
    position INTEGER,
    status TEXT NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
    error_message TEXT,
    
    -- Tracking fields
    batch_size INTEGER DEFAULT 1,
    images_retrieved INTEGER DEFAULT 0,
    images_pending INTEGER DEFAULT 0,
    images_failed INTEGER DEFAULT 0
);

-- Index for efficient session step retrieval
CREATE INDEX idx_generation_steps_session ON generation_steps(session_id, position);

-- Index for tree traversal
CREATE INDEX idx_generation_steps_parent ON generation_steps(parent_id);

-- Index for step status monitoring
CREATE INDEX idx_generation_steps_status ON generation_steps(status)
    WHERE status IN ('pending', 'processing');

CREATE TABLE step_alternatives (
    step_id UUID NOT NULL REFERENCES generation_steps(id) ON DELETE CASCADE,
    image_id UUID NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    selected BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (step_id, image_id)
);

-- Index for finding all alternatives for a step
CREATE INDEX idx_step_alternatives_step ON step_alternatives(step_id);

-- Index for selected alternatives
CREATE INDEX idx_step_alternatives_selected ON step_alternatives(step_id, selected)
    WHERE selected = TRUE;

CREATE TABLE models (
    key TEXT PRIMARY KEY,            -- UUID key from InvokeAI
    name TEXT NOT NULL,              -- Display name
    type TEXT NOT NULL,              -- main, vae, etc.
    base TEXT NOT NULL,              -- sd15, sdxl, etc.
    hash TEXT NOT NULL,              -- Blake3 hash required by InvokeAI
    description TEXT,
    
    -- Default parameters specific to this model
    default_width INTEGER,
    default_height INTEGER,
    default_steps INTEGER,
    default_cfg_scale NUMERIC(5, 2),
    default_scheduler TEXT,
    
    -- VAE information (combined from model_compatibility)
    default_vae_key TEXT,
    default_vae_hash TEXT,
    
    cached_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);

-- Index for model type
CREATE INDEX idx_models_type ON models(type);

-- Index for model base
CREATE INDEX idx_models_base ON models(base);

CREATE TABLE prompt_templates (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL,
    description TEXT,
    prompt_text TEXT NOT NULL,
    negative_prompt TEXT,
    category TEXT,
    is_favorite BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);

-- Index for favorites
CREATE INDEX idx_prompt_templates_favorite ON prompt_templates(is_favorite)
    WHERE is_favorite = TRUE;

-- Index for categories
CREATE INDEX idx_prompt_templates_category ON prompt_templates(category);

CREATE TABLE application_settings (
    id INTEGER PRIMARY KEY CHECK (id = 1), -- Singleton table
    
    -- Generation defaults (standardized presets)
    aspect_ratios JSONB DEFAULT '[
        {"name": "Square (1:1)", "width": 1024, "height": 1024},
        {"name": "Portrait (2:3)", "width": 832, "height": 1216},
        {"name": "Landscape (3:2)", "width": 1216, "height": 832}
    ]'::jsonb,
    
    -- Default parameters that apply to all models
    default_steps INTEGER NOT NULL DEFAULT 30,
    default_cfg_scale NUMERIC(4, 2) NOT NULL DEFAULT 7.5,
    default_scheduler TEXT NOT NULL DEFAULT 'euler',
    default_batch_size INTEGER NOT NULL DEFAULT 4,
    
    -- Backend settings
    backend_mode TEXT NOT NULL DEFAULT 'local' CHECK (backend_mode IN ('local', 'remote')),
    local_backend_url TEXT NOT NULL DEFAULT 'http://localhost:9090',
    remote_backend_url TEXT,
    runpod_api_key TEXT,
    runpod_pod_type TEXT DEFAULT 'NVIDIA A5000',
    idle_timeout_minutes INTEGER DEFAULT 30,
    
    -- RunPod cost tracking (simplified)
    current_session_start TIMESTAMP WITH TIME ZONE,
    current_session_cost NUMERIC(10, 4) DEFAULT 0,
    
    -- Settings JSON for extensibility
    settings_json JSONB NOT NULL DEFAULT '{}'::jsonb,
    
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
